"""What a resource page says, without a word on any file behind a gate."""
