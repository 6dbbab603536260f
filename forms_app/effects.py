"""What the apps above this one do with an answer, and what they know of it.

`resources` opens files for an answer, and this app may not know of it. So an app above
registers one `AnswerEffects`, and whatever fulfils, shows, hands over or erases answers
asks all that are registered.
"""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.db.models import Model, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from wagtail.models import Page

from eoc_cms.core.models import Staff
from forms_app.models import FormPage, Submission


@dataclass(frozen=True, kw_only=True)
class Delivery:
    """What a visitor was given: its title, the link that opens it, a word about it, until when."""

    title: str
    link: str
    note: str = ""
    until: datetime | None = None
    # The record of it, in the app that gave it.
    record: Model | None = None


@dataclass(frozen=True, kw_only=True)
class Line:
    text: str
    note: str = ""
    at: datetime | None = None
    url: str = ""


@dataclass(frozen=True, kw_only=True)
class Section:
    """A heading on the page of an answer, with what is to be told under it."""

    title: str
    lines: list[Line] = field(default_factory=list)


@dataclass(frozen=True, kw_only=True)
class PersonSummary:
    asked_for: tuple[str, ...] = ()
    downloads: int = 0


@dataclass(frozen=True, kw_only=True)
class PersonalAnswer:
    """One answer under the words it was asked with; for a consent, what was agreed to."""

    question: str
    answer: str
    wording: str = ""


@dataclass(frozen=True, kw_only=True)
class PersonalRow:
    """What one record holds of a person; the facts' names are the keys of the table's labels."""

    facts: dict[str, object]
    answers: Sequence[PersonalAnswer] = ()


@dataclass(frozen=True, kw_only=True)
class PersonalTable:
    """What one kind of record holds of a person."""

    key: str
    title: str
    labels: dict[str, str]
    rows: list[PersonalRow] = field(default_factory=list)

    def values(self, row: PersonalRow) -> Iterator[tuple[str, object]]:
        """Yield what a row says as pairs of words and stored value, without empty facts."""
        for name, label in self.labels.items():
            if row.facts.get(name) not in (None, ""):
                yield label, row.facts[name]
        for each in row.answers:
            yield each.question, f"{each.answer} ({each.wording})" if each.wording else each.answer

    def lines(self, row: PersonalRow) -> Iterator[tuple[str, str]]:
        """Yield the same as it is shown on a page."""
        for label, value in self.values(row):
            if isinstance(value, datetime):
                yield label, date_format(localtime(value), "DATETIME_FORMAT")
            else:
                yield label, str(value) or "–"


class AnswerEffects:
    """Override what applies to an app's own records of answers.

    Everything that writes is called inside the transaction that changes the answers.
    """

    def fulfil(
        self, submission: Submission, form_page: FormPage, source: Page | None
    ) -> Delivery | None:
        """Give what an answer asked for, held where it is; return what to tell the visitor."""
        return None

    def problem_with(self, submission: Submission) -> str:
        """Say in words why what a held answer asked for cannot be given; an empty text else."""
        return ""

    def release(self, submission: Submission) -> int:
        """Open what a held answer asked for; return how much was opened."""
        return 0

    def withdraw(self, submission: Submission) -> None:
        """Close what an answer has opened, until staff let it through."""

    def describe_answer(self, submission: Submission, user: Staff) -> list[Section]:
        """Return what came of an answer, as far as this member of staff may see it."""
        return []

    def describe_people(self, keys: Collection[int]) -> dict[int, PersonSummary]:
        """Return what came of the answers of each person, in a few queries for all."""
        return {}

    def collect(self, address: str) -> list[PersonalTable]:
        """Return what is held of a normalized address."""
        return []

    def erase_answers(
        self, submissions: QuerySet[Submission], *, is_time_over: bool
    ) -> dict[str, int]:
        """Delete what came of these answers; return how much.

        Where only their time is over, what was opened may stay, without a name.
        """
        return {}

    def erase_people(self, addresses: Collection[str]) -> dict[str, int]:
        """Delete what is held of normalized addresses; return how much."""
        return {}


_registered: list[AnswerEffects] = []


def register(effects: AnswerEffects) -> None:
    _registered.append(effects)


def registered() -> tuple[AnswerEffects, ...]:
    return tuple(_registered)


def fulfil(submission: Submission, form_page: FormPage, source: Page | None) -> Delivery | None:
    """Give what an answer asked for; return the first thing to tell the visitor of."""
    deliveries = [each.fulfil(submission, form_page, source) for each in _registered]
    return next((delivery for delivery in deliveries if delivery), None)


def problem_with(submission: Submission) -> str:
    """Say why what a held answer asked for cannot be given; an empty text if it can."""
    return next((words for each in _registered if (words := each.problem_with(submission))), "")


def release(submission: Submission) -> int:
    """Open what a held answer asked for; return how much was opened."""
    return sum(effects.release(submission) for effects in _registered)


def withdraw(submission: Submission) -> None:
    """Close what an answer has opened."""
    for effects in _registered:
        effects.withdraw(submission)


def describe_answer(submission: Submission, user: Staff) -> list[Section]:
    """Return what came of an answer, as far as this member of staff may see it."""
    return [part for effects in _registered for part in effects.describe_answer(submission, user)]


def describe_people(keys: Collection[int]) -> dict[int, PersonSummary]:
    """Return what these people asked for and fetched, over all apps."""
    told: dict[int, PersonSummary] = {}
    for effects in _registered:
        for key, one in effects.describe_people(keys).items():
            before = told.get(key, PersonSummary())
            told[key] = PersonSummary(
                asked_for=tuple(dict.fromkeys((*before.asked_for, *one.asked_for))),
                downloads=before.downloads + one.downloads,
            )
    return told
