"""Read rows one batch after the other, each from where the last one ended.

No cursor and no transaction stays open while a slow browser takes its file, and
the memory is that of one batch.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, QuerySet
from pyroaring import BitMap64

from eoc_cms.core.spreadsheets.cells import Cell, cell_value
from forms_app.listing.tables import Table

BATCH = 1_000

Row = TypeVar("Row", bound=Model)


@dataclass
class Progress:
    """The keys of the rows that have left."""

    keys: BitMap64 = field(default_factory=BitMap64)

    @property
    def rows(self) -> int:
        return len(self.keys)


def batches(queryset: QuerySet[Row], only: Iterable[int] | None = None) -> Iterator[list[Row]]:
    """Yield the rows, or only those of some keys, in the order of their keys, keeping none."""
    ordered = queryset.order_by("pk")
    yield from _all_of(ordered) if only is None else _some_of(ordered, only)


def _all_of(ordered: QuerySet[Row]) -> Iterator[list[Row]]:
    last = 0
    while batch := list(ordered.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk
        if len(batch) < BATCH:
            return


def _some_of(ordered: QuerySet[Row], only: Iterable[int]) -> Iterator[list[Row]]:
    keys = iter(only)
    while some := list(islice(keys, BATCH)):
        yield list(ordered.filter(pk__in=some))


def values(table: Table, progress: Progress) -> Iterator[list[object]]:
    """Yield what each row has in the columns."""
    for batch in batches(table.queryset, table.only):
        table.prepare(batch)
        for row in batch:
            of_row = [column.value(row) for column in table.columns]
            progress.keys.add(row.pk)
            yield of_row


def cells(table: Table, progress: Progress) -> Iterator[list[Cell]]:
    """Yield each row as cells of their types."""
    zone = ZoneInfo(settings.TIME_ZONE)
    for of_row in values(table, progress):
        yield [cell_value(value, time_zone=zone) for value in of_row]
