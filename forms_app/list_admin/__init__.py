"""What every list of records in the admin shares: the list, its exports, saved ones, the ledger."""
