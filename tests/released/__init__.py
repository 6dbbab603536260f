"""Databases of released versions, and what has to hold of every version after them."""
