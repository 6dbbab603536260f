"""Outgoing mail: stored with the data it tells of, sent later by the worker, tried again."""
