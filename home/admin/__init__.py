"""The home of the admin: what staff came for, each according to their rights."""
