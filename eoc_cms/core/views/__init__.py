"""Addresses that belong to no page: health, public media, error pages."""
