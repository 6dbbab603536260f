"""What the home page, search and robots.txt answer."""
