"""Take everything out of the site and put it back.

Nothing of an erased person is left on the disk.
"""
