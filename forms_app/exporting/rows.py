"""Read rows one batch after the other, each from where the last one ended.

No cursor and no transaction stays open while a slow browser takes its file, and
the memory is that of one batch.
"""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import reduce
from itertools import islice
from typing import Any, Protocol, TypeVar

from django.db import connections
from django.db.models import Exists, Model, OuterRef, QuerySet
from pyroaring import BitMap64

from forms_app.exporting.stored_rows import StoredRows, stored_reader
from forms_app.listing.sources import Source
from forms_app.listing.tables import Column, Table

BATCH = 500


class Batch(Protocol):
    """Some rows, as they were read."""

    @property
    def keys(self) -> Sequence[int]: ...


Read = TypeVar("Read", bound=Batch)


@dataclass
class Progress:
    """The keys of the rows that have left."""

    keys: BitMap64 = field(default_factory=BitMap64)

    @property
    def rows(self) -> int:
        return len(self.keys)


class Objects:
    """Rows as objects of their model, for columns that need them."""

    def __init__(self, rows: Sequence[Model]) -> None:
        self.rows = rows
        self.keys = [row.pk for row in rows]

    def of(self, name: str) -> Sequence[Any]:
        parts = name.split("__")
        return [
            reduce(lambda held, part: held and getattr(held, part), parts, row) for row in self.rows
        ]


AnyRows = StoredRows | Objects


def batches(
    queryset: QuerySet, only: Iterable[int] | None, read: Callable[[QuerySet], Read], size: int
) -> Iterator[Read]:
    """Yield the rows, or only those of some keys, in the order of their keys, keeping none."""
    rows = queryset.order_by("pk")
    yield from _all_of(rows, read, size) if only is None else _some_of(rows, only, read, size)


def _all_of(rows: QuerySet, read: Callable[[QuerySet], Read], size: int) -> Iterator[Read]:
    last = 0
    while (batch := read(rows.filter(pk__gt=last)[:size])).keys:
        yield batch
        last = batch.keys[-1]
        if len(batch.keys) < size:
            return


def _some_of(
    rows: QuerySet, only: Iterable[int], read: Callable[[QuerySet], Read], size: int
) -> Iterator[Read]:
    keys = iter(only)
    while some := list(islice(keys, size)):
        yield read(rows.filter(pk__in=some))


def rows_of(
    table: Table, progress: Progress, read: Callable[[QuerySet], Read], *, times: int = 1
) -> Iterator[Read]:
    """Yield all rows of a table, batch by batch, and note that they leave."""
    rows = by_key(table.queryset) if table.sources is not None else table.queryset
    for batch in batches(rows, table.only, read, times * BATCH):
        progress.keys.update(batch.keys)
        yield batch


def by_key(queryset: QuerySet) -> QuerySet:
    """Return the same rows, found in the order of their keys whatever they are narrowed by.

    SQLite knows nothing of how many rows a form has. It would look them up in the form's index
    and sort all of them for each batch.
    """
    if connections[queryset.db].vendor != "sqlite":
        return queryset
    same = queryset.order_by().filter(pk=OuterRef("pk"))
    return queryset.model._default_manager.filter(Exists(same))


def reader_of(table: Table) -> Callable[[QuerySet], AnyRows]:
    sources = table.sources
    if sources is not None:
        return stored_reader(table.queryset.model, sources)

    def read(rows: QuerySet) -> Objects:
        found = Objects(list(rows))
        table.prepare(list(found.rows))
        return found

    return read


def values(column: Column, rows: AnyRows, *, as_text: bool = False) -> Sequence[object]:
    """Return what each of some rows has in a column."""
    value = column.value
    if isinstance(value, Source):
        return value.values_as_text(rows) if as_text else value.values(rows)
    return [value(row) for row in rows.rows]  # type: ignore[union-attr]
