"""What a process has read of the site's content, until something that pages show changes.

For what nearly every request asks for and is the same for everybody. Nothing is lost when it
is forgotten: it is read anew. What decides who gets a file is never remembered.
"""

import time
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from eoc_cms.core.caching.generation import current, is_about_to_change
from eoc_cms.core.caching.page_cache import MAX_SECONDS

MOST = 1_000

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True)
class _Read(Generic[Value]):
    """The values of one generation."""

    generation: str
    until: float
    values: dict[Hashable, Value] = field(default_factory=dict)


class Remembered(Generic[Value]):
    """Values by their keys, for all threads of a process: whoever gets one does not change it.

    None is not remembered: what is not there may be made by somebody who tells nobody.
    """

    def __init__(self) -> None:
        self._read = _Read[Value](generation="", until=0)

    def get(
        self,
        key: Hashable,
        read: Callable[[], Value],
        *,
        is_good: Callable[[Value], bool] = lambda value: True,
    ) -> Value:
        """Return what is remembered and still good, or what `read` returns."""
        # What a transaction has changed, only that transaction sees.
        generation = "" if is_about_to_change() else current()
        if not generation:
            return read()
        values = self._of(generation)
        found = values.get(key)
        if found is not None and is_good(found):
            return found
        value = read()
        if value is not None:
            if len(values) >= MOST:
                values.clear()
            values[key] = value
        return value

    def _of(self, generation: str) -> dict[Hashable, Value]:
        known = self._read
        if known.generation != generation or known.until < time.monotonic():
            until = time.monotonic() + MAX_SECONDS
            known = self._read = _Read(generation=generation, until=until)
        return known.values
