"""What the addresses of resources, files, links and codes answer; the rules are asked below."""
