"""How often something may be asked for in a day, counted without keeping who asked."""
