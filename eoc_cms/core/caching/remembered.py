"""What a process has read of the site's content, until something that pages show changes.

For what nearly every request asks for and is the same for everybody. Nothing is lost when it
is forgotten: it is read anew. What decides who gets a file is never remembered.

All of it is forgotten at one moment, and a request keeps to the memory that it began with:
else what was made of something read earlier would count as new.
"""

import time
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import Any, Generic, TypeVar

from eoc_cms.core.caching.generation import current, has_changed, is_about_to_change

# Also where nobody tells of a change, as on a second machine without a shared cache.
MAX_SECONDS = 300
MOST = 1_000

Value = TypeVar("Value")


@dataclass(frozen=True, kw_only=True, eq=False)
class Memory:
    """What was read under one generation, by what it belongs to and its key."""

    generation: str
    until: float = field(default_factory=lambda: time.monotonic() + MAX_SECONDS)
    values: dict[object, dict[Hashable, Any]] = field(default_factory=lambda: defaultdict(dict))

    @property
    def seconds_left(self) -> float:
        return self.until - time.monotonic()


_newest = Memory(generation="")
_of_request: ContextVar[Memory | None] = ContextVar("memory", default=None)


@contextmanager
def one_memory() -> Iterator[Memory]:
    """Remember under what is the newest now until the end of a request."""
    memory = _memory_now()
    held, changed = _of_request.set(memory), has_changed.set(False)
    try:
        yield memory
    finally:
        _of_request.reset(held)
        has_changed.reset(changed)


class Remembered(Generic[Value]):
    """Values by their keys, for all threads of a process: whoever gets one does not change it.

    None is not remembered: what is not there may be made by somebody who tells nobody.
    """

    def get(
        self,
        key: Hashable,
        read: Callable[[], Value],
        *,
        is_good: Callable[[Value], bool] = lambda value: True,
    ) -> Value:
        """Return what is remembered and still good, or what `read` returns."""
        memory = _memory()
        if not memory.generation:
            return read()
        values: dict[Hashable, Value] = memory.values[self]
        found = values.get(key)
        if found is not None and is_good(found):
            return found
        value = read()
        if value is not None:
            if len(values) >= MOST:
                values.clear()
            values[key] = value
        return value


def _memory() -> Memory:
    held = _of_request.get()
    # What a transaction has changed, only that transaction sees; what a request has
    # changed, it had partly read before.
    if is_about_to_change() or (held and has_changed.get()):
        return Memory(generation="")
    return held or _memory_now()


def _memory_now() -> Memory:
    global _newest
    generation = current()
    if _newest.generation != generation or _newest.seconds_left < 0:
        _newest = Memory(generation=generation)
    return _newest
