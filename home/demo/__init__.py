"""Put the demo's texts, pictures, files and accounts into the site."""
