"""People: one row for each e-mail address, with what is known of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from forms_app import effects
from forms_app.effects import PersonSummary
from forms_app.listing.base import Listing
from forms_app.listing.filters import FromDay, ListFilterSet, UntilDay
from forms_app.listing.tables import Column, field_columns
from forms_app.listing.word_search import find
from forms_app.models import FormVersion, Person, Submission
from forms_app.rights import VIEW_PEOPLE, may_view_all

# Of the people on one page; older answers than these are not looked through for consents.
MOST_READ = 2_000


@dataclass(frozen=True, kw_only=True)
class Consent:
    """The latest answer to one question of consent."""

    words: str
    label: str
    is_given: bool
    at: datetime


@dataclass(frozen=True, kw_only=True)
class Known:
    answers: int = 0
    consents: tuple[Consent, ...] = ()
    outcome: PersonSummary = field(default_factory=PersonSummary)


def known_of(keys: Collection[int], *, most_read: int | None = MOST_READ) -> dict[int, Known]:
    """Return what is known of each person, in as many queries for fifty as for one."""
    answers = Submission.objects.filter(person__in=keys).counted()
    counts = dict(answers.order_by().values_list("person").annotate(count=Count("pk")))
    consents = _consents(keys, most_read)
    came_of = effects.describe_people(keys)
    return {
        key: Known(
            answers=counts.get(key, 0),
            consents=tuple(consents.get(key, {}).values()),
            outcome=came_of.get(key, PersonSummary()),
        )
        for key in keys
    }


def _consents(
    keys: Collection[int], most_read: int | None
) -> dict[int, dict[tuple[object, str], Consent]]:
    newest = Submission.objects.filter(person__in=keys).counted().order_by("-submit_time", "-pk")
    rows = list(
        newest.values_list("person", "version", "form_key", "form_data", "submit_time")[:most_read]
    )
    questions = _questions({row[1] for row in rows})
    found: dict[int, dict[tuple[object, str], Consent]] = {}
    for person, version, form_key, data, at in rows:
        for question in questions.get(version, ()):
            if question["name"] in data:
                found.setdefault(person, {}).setdefault(
                    (form_key, question["name"]),
                    Consent(
                        words=question.get("consent_text") or question["label"],
                        label=question["label"],
                        is_given=data[question["name"]] is True,
                        at=at,
                    ),
                )
    return found


def _questions(versions: set[int]) -> dict[int, list[dict[str, str]]]:
    rows = FormVersion.objects.filter(pk__in=versions).values_list("pk", "fields")
    return {
        key: [field for field in fields if field.get("type") == "consent"] for key, fields in rows
    }


def consents_in_words(known: Known) -> str:
    return "; ".join(
        _("%(label)s: %(answer)s, %(day)s")
        % {
            "label": consent.label,
            "answer": _("yes") if consent.is_given else _("no"),
            "day": date_format(localtime(consent.at), "SHORT_DATE_FORMAT"),
        }
        for consent in known.consents
    )


def known(person: Person) -> Known:
    """Return what `tell` has read for all people of a page at once."""
    told: Known = getattr(person, "known", Known())
    return told


def tell(people: Sequence[Any], *, most_read: int | None = MOST_READ) -> None:
    """Read what is known of these people and keep it with each."""
    found = known_of([person.pk for person in people], most_read=most_read)
    for person in people:
        person.known = found[person.pk]


class PeopleFilterSet(ListFilterSet):
    from_ = FromDay("last_contact_at", gettext_lazy("Last contact from"))
    until = UntilDay("last_contact_at", gettext_lazy("Last contact until"))


class PeopleListing(Listing):
    """A row tells of all forms at once, so a right to one form does not open it."""

    model = Person
    title = gettext_lazy("People")
    filterset_class = PeopleFilterSet
    columns = (
        *field_columns(Person, "email", "first_contact_at", "last_contact_at"),
        Column(
            id="answers",
            heading=gettext_lazy("Answers"),
            value=lambda person: known(person).answers,
        ),
        Column(
            id="asked_for",
            heading=gettext_lazy("Asked for"),
            value=lambda person: known(person).outcome.asked_for,
        ),
        Column(
            id="downloads",
            heading=gettext_lazy("Downloads"),
            value=lambda person: known(person).outcome.downloads,
        ),
        Column(
            id="consents",
            heading=gettext_lazy("Consents"),
            value=lambda person: consents_in_words(known(person)),
        ),
    )

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(VIEW_PEOPLE) and may_view_all(user)

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find(rows, asked)

    def prepare(self, rows: list[Person]) -> None:
        """Look through every answer for consents: a file leaves none out."""
        tell(rows, most_read=None)


PEOPLE = PeopleListing()
