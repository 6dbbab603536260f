"""A list as a file: what was asked for, its rows, the ledger (docs/how-exports-work.md)."""
