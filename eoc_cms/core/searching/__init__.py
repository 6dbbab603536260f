"""Full-text search as every list and chooser asks the database for it: by words alone."""
