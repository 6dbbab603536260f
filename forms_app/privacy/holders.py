"""Who holds something of a person. Apps above this one say so, as in fulfilment.py.

`collect` hands over what is held of a normalised address. `erase` deletes it, and
`let_go` deletes nothing but forgets who gave some answers, since their time is over;
both are called inside the transaction that erases the answers themselves.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime

from forms_app.models import Submission


@dataclass(frozen=True, kw_only=True)
class HeldAnswer:
    """One answer under the words it was asked with; for a consent, what was agreed to."""

    question: str
    answer: str
    wording: str = ""


@dataclass(frozen=True, kw_only=True)
class HeldRow:
    """What is held in one record; the facts' names are the keys of the table's labels."""

    facts: dict[str, Any]
    answers: Sequence[HeldAnswer] = ()


@dataclass(frozen=True, kw_only=True)
class HeldTable:
    key: str
    title: str
    labels: dict[str, str]
    rows: list[HeldRow] = field(default_factory=list)

    def values(self, row: HeldRow) -> Iterator[tuple[str, Any]]:
        """Yield what a row says as pairs of words and stored value, without empty facts."""
        for name, label in self.labels.items():
            if row.facts.get(name) not in (None, ""):
                yield label, row.facts[name]
        for each in row.answers:
            yield each.question, f"{each.answer} ({each.wording})" if each.wording else each.answer

    def lines(self, row: HeldRow) -> Iterator[tuple[str, str]]:
        """Yield the same as it is shown on a page."""
        for label, value in self.values(row):
            is_time = isinstance(value, datetime)
            shown = date_format(localtime(value), "DATETIME_FORMAT") if is_time else str(value)
            yield label, shown or "–"


@dataclass(frozen=True, kw_only=True)
class Holder:
    collect: Callable[[str], list[HeldTable]]
    erase: Callable[[str, QuerySet[Submission]], dict[str, int]]
    let_go: Callable[[QuerySet[Submission]], None]


_holders: list[Holder] = []


def register(holder: Holder) -> None:
    if holder not in _holders:
        _holders.append(holder)


def registered() -> list[Holder]:
    return list(_holders)
