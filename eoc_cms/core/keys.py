"""Keys of records as they come in addresses and forms, where anybody can write anything."""

import uuid

LARGEST = 2**63 - 1  # what a BIGINT holds


def read_key(text: str) -> int | None:
    """Return the key that a text stands for, or None where it stands for none."""
    if not text.isascii() or not text.isdigit() or len(text) > 19:
        return None
    key = int(text)
    return key if key <= LARGEST else None


def read_uuid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def read_keys(texts: list[str]) -> list[int]:
    """Return the keys among texts, without what is none."""
    return [key for text in texts if (key := read_key(text)) is not None]
