"""One POST becomes one stored answer with all it causes, in one transaction or not at all."""
