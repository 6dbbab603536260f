"""Tags for the admin and for mails to visitors."""
