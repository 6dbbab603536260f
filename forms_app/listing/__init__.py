"""Rows under filters and a search, the same for screens, files and the weekly mail.

A value that is not known narrows to nothing and never widens.
"""
