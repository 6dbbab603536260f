"""Accounts and groups of staff: nobody gives a right that they do not have themselves."""
