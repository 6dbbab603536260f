"""Read rows one batch after the other, each from where the last one ended.

No cursor and no transaction stays open while a slow browser takes its file, and
the memory is that of one batch.
"""

from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db.models import Model, Q, QuerySet
from django.utils import translation

from eoc_cms.core.spreadsheets.csv_writing import cell_text
from forms_app.listing.tables import Table
from forms_app.models import ExportRecord, Submission

BATCH = 1_000
# More than can be under way at once: a row whose transaction ends later may have a lower
# key than one that is exported already, and must not be passed over by the next export.
RECENT = 200


Row = TypeVar("Row", bound=Model)


@dataclass
class Progress:
    """How many rows have left, and the keys of the last ones."""

    rows: int = 0
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=RECENT))


def batches(queryset: QuerySet[Row]) -> Iterator[list[Row]]:
    """Yield the rows in the order they came, without keeping any."""
    ordered = queryset.order_by("pk")
    last = 0
    while batch := list(ordered.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1].pk
        if len(batch) < BATCH:
            return


def texts(table: Table, progress: Progress) -> Iterator[list[str]]:
    """Yield each row as texts, in the language of whoever asked for it."""
    language = translation.get_language() or settings.LANGUAGE_CODE
    zone = ZoneInfo(settings.TIME_ZONE)

    def of_batch(batch: list[Model]) -> list[list[str]]:
        # Not around the yield: the thread's language is not ours between two rows.
        with translation.override(language):
            table.prepare(batch)
            return [
                [cell_text(column.value(row), time_zone=zone) for column in table.columns]
                for row in batch
            ]

    return _counted(table.queryset, of_batch, progress)


def _counted(
    queryset: QuerySet, of_batch: Callable[[list[Model]], list[list[str]]], progress: Progress
) -> Iterator[list[str]]:
    for batch in batches(queryset):
        for row, cells in zip(batch, of_batch(batch), strict=True):
            progress.rows += 1
            progress.recent.append(row.pk)
            yield cells


def only_new(queryset: QuerySet, earlier: ExportRecord) -> QuerySet:
    """Leave out what an earlier export held, but not an answer let through since."""
    recent = earlier.recent_keys
    is_new = ~Q(pk__in=recent)
    if len(recent) == RECENT:
        is_new &= Q(pk__gte=recent[0])
    if queryset.model is Submission:
        is_new |= Q(let_through_at__gte=earlier.started_at)
    return queryset.filter(is_new)
