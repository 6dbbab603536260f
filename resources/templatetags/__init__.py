"""Tags for the admin: what closes when something is taken away."""
