"""The commands `export_submissions` and `purge_personal_data`."""
