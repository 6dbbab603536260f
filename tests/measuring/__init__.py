"""Which of the project's lines and branches the suite has run, told by room."""
