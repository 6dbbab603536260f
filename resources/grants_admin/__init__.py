"""The data manager's screens of grants, downloads and codes for members."""
