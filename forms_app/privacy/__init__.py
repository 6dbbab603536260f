"""What is held of one person: found, handed over, erased (docs/data-protection.md)."""
