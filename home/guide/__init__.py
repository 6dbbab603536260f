"""The editor guide of this site, read in the admin: its chapters, pictures and search."""
