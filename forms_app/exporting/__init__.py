"""Every list of answers as a file: columns, rows, writer, response (docs/how-exports-work.md)."""
