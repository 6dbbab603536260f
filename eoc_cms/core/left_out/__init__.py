"""One bad block, link or embed never takes its page down: it is left out, and noted for staff."""
