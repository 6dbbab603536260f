"""What is held of one person: found, handed over, erased; see docs/data-protection.md."""
