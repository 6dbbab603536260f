"""The command `check_gates`."""
