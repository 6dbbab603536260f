"""A list of records in the admin: its page, its exports, saved ones, the ledger."""
