"""Tags that templates of every app use."""
