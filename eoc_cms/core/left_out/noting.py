"""What was left out of the page that is being rendered.

A block or link does not know its page, so whoever renders one collects what is noted meanwhile.
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

logger = logging.getLogger(__name__)


class LeftOut(NamedTuple):
    """A part that could not be shown: a block by its type, a link or embed by where it leads."""

    kind: str
    name: str


BLOCK = "block"
LINK = "link"
EMBED = "embed"
LONGEST_NAME = 200

_noted: ContextVar[list[LeftOut] | None] = ContextVar("left out", default=None)


@contextmanager
def collecting() -> Iterator[list[LeftOut]]:
    """Give a list that fills with what is left out while the block lasts."""
    parts: list[LeftOut] = []
    token = _noted.set(parts)
    try:
        yield parts
    finally:
        _noted.reset(token)


def note(kind: str, name: str, *, because_of: BaseException | None = None) -> None:
    """Note that a part was left out; an error is logged as well, since nobody else sees it."""
    if because_of:
        logger.error("A %s was left out of a page: %s", kind, name, exc_info=because_of)
    parts = _noted.get()
    if parts is not None:
        parts.append(LeftOut(kind, name[:LONGEST_NAME]))
