"""Pictures, video and audio in the admin: their forms take in only what can be shown."""
