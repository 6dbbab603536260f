"""What every page has: language, redirects, sharing, structured data, rules of publishing."""
