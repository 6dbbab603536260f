"""Count how often something is asked for today, exactly, however much comes at once.

Counts stand in the database, since a cache may forget at any moment and knows no turns.
A row holds a number under a keyed hash that is another one every day, so neither an
address nor a network can be read from it or followed.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from eoc_cms.core.limits.clients import hash_of_today
from eoc_cms.core.models import AskedToday


@dataclass(frozen=True, kw_only=True)
class Limit:
    """What is counted, of whom, and how often it may be asked for in a day."""

    what: str
    who: str
    most: int

    @property
    def key(self) -> str:
        return hash_of_today(f"{self.what}:{self.who}")


def over_limit(limits: Iterable[Limit]) -> list[Limit]:
    """Count one more asking under each limit, and return those that it is too many for.

    Within a transaction the counts are locked until its end, and taken back with it.
    """
    counted = {limit.key: limit for limit in limits}
    counts = _add(sorted(counted), 1)
    return [limit for key, limit in counted.items() if counts[key] > limit.most]


def is_within_limit(limit: Limit) -> bool:
    """Count one more asking, and say whether today's are no more than the limit."""
    return not over_limit([limit])


def is_at_limit(limit: Limit) -> bool:
    """Say whether one more asking today would be too many, without counting it.

    Within a transaction nobody else counts under this limit until its end.
    """
    return _add([limit.key], 0)[limit.key] >= limit.most


def forget_counts() -> int:
    """Delete the counts of earlier days; return how many those were."""
    deleted, _by_model = AskedToday.objects.filter(day__lt=timezone.now().date()).delete()
    return deleted


def _add(keys: list[str], number: int) -> dict[str, int]:
    """Add a number to counts in one statement, in the one order that locks nobody out."""
    if not keys:
        return {}
    table = connection.ops.quote_name(AskedToday._meta.db_table)
    rows = ", ".join(["(%s, %s, %s)"] * len(keys))
    day = timezone.now().date()
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} (key, day, count) VALUES {rows} "  # noqa: S608
            f"ON CONFLICT (key) DO UPDATE SET count = {table}.count + excluded.count "
            "RETURNING key, count",
            [value for key in keys for value in (key, day, number)],
        )
        return dict(cursor.fetchall())
