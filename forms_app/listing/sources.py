"""Values of columns that are made of stored fields, so that no row needs an object.

An export reads these fields for many rows at once, and on PostgreSQL the database itself
makes the cells (`forms_app/exporting/copying.py`). A column of anything else is a function
of a row's object.
"""

from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol


class Fields(Protocol):
    """Stored fields of many rows, each by its name in a query and in the order of the rows."""

    @property
    def keys(self) -> Sequence[int]: ...

    def of(self, name: str) -> Sequence[Any]: ...


class Source(ABC):
    """What a column holds, made of the fields that it names."""

    @property
    @abstractmethod
    def names(self) -> tuple[str, ...]: ...

    @abstractmethod
    def values(self, fields: Fields) -> Sequence[object]:
        """Return the value of each row."""

    def values_as_text(self, fields: Fields) -> Sequence[object]:
        """Override point: return values of which only the text matters, if that is quicker."""
        return self.values(fields)


@dataclass(frozen=True)
class Stored(Source):
    """A field as it is stored; nothing where the record it stands in is missing."""

    name: str

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def values(self, fields: Fields) -> Sequence[object]:
        return fields.of(self.name)


@dataclass(frozen=True)
class Named(Source):
    """The words for what a field holds; what has none is empty."""

    name: str
    words: Callable[[], Mapping[Any, str]]

    @property
    def names(self) -> tuple[str, ...]:
        return (self.name,)

    def values(self, fields: Fields) -> Sequence[object]:
        words = self.words()
        return [words.get(value, "") for value in fields.of(self.name)]


@dataclass(frozen=True)
class Told(Source):
    """What other records say, looked up for many rows at once by their keys."""

    look_up: Callable[[Collection[int]], Mapping[int, object]]

    @property
    def names(self) -> tuple[str, ...]:
        return ()

    def values(self, fields: Fields) -> Sequence[object]:
        found = self.look_up(fields.keys)
        return [found.get(key) for key in fields.keys]


class Nothing(Source):
    """What a column holds that no row fills."""

    @property
    def names(self) -> tuple[str, ...]:
        return ()

    def values(self, fields: Fields) -> Sequence[object]:
        return [None] * len(fields.keys)
