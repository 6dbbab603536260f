"""What the home page, search, robots.txt and the sitemap answer."""
