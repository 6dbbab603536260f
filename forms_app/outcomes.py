"""What came of answers, told by the apps above this one, as in fulfilment.py.

`resources` knows of grants and downloads. Lists and pages of answers ask here for them,
and for their end when an answer turns out to be spam.
"""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from forms_app.models import Submission


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    note: str = ""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Chapter:
    """A heading with what is to be told under it."""

    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class OfPerson:
    asked_for: tuple[str, ...] = ()
    downloads: int = 0


@dataclass(frozen=True, kw_only=True)
class Teller:
    of_answer: Callable[[Submission, Any], list[Chapter]]
    of_people: Callable[[Collection[int]], dict[int, OfPerson]]
    withdraw: Callable[[Submission], None]


_tellers: list[Teller] = []


def register(teller: Teller) -> None:
    if teller not in _tellers:
        _tellers.append(teller)


def of_answer(submission: Submission, user: Any) -> list[Chapter]:
    """Return what came of an answer, as far as this member of staff may see it."""
    return [chapter for teller in _tellers for chapter in teller.of_answer(submission, user)]


def of_people(keys: Collection[int]) -> dict[int, OfPerson]:
    """Return what each of these people asked for and fetched, in a few queries for all."""
    told: dict[int, OfPerson] = {}
    for teller in _tellers:
        for key, one in teller.of_people(keys).items():
            before = told.get(key, OfPerson())
            told[key] = OfPerson(
                asked_for=tuple(dict.fromkeys((*before.asked_for, *one.asked_for))),
                downloads=before.downloads + one.downloads,
            )
    return told


def withdraw(submission: Submission) -> None:
    """Close what an answer has opened."""
    for teller in _tellers:
        teller.withdraw(submission)
