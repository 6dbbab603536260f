"""Work that no visitor waits for: regular jobs, and the lock that lets one process do a thing."""
