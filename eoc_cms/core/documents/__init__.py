"""Documents in the admin: their form, their API, whether everybody can use a file."""
