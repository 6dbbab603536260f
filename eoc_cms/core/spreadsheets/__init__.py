"""CSV and XLSX written row by row: safe to open, at constant memory."""
