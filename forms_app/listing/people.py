"""People: one row for each e-mail address, with what is known of each."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from forms_app import effects
from forms_app.consents.standing import standing_of
from forms_app.effects import PersonSummary
from forms_app.listing.base import Listing
from forms_app.listing.filters import FromDay, ListFilterSet, UntilDay
from forms_app.listing.tables import Column, field_columns
from forms_app.listing.word_search import find
from forms_app.models import ConsentEvent, Person, Submission
from forms_app.rights import may_view_people


@dataclass(frozen=True, kw_only=True)
class Known:
    answers: int = 0
    consents: tuple[ConsentEvent, ...] = ()
    outcome: PersonSummary = field(default_factory=PersonSummary)


def known_of(keys: Collection[int]) -> dict[int, Known]:
    """Return what is known of each person, in as many queries for fifty as for one."""
    answers = Submission.objects.filter(person__in=keys).counted()
    counts = dict(answers.order_by().values_list("person").annotate(count=Count("pk")))
    consents = standing_of(keys)
    came_of = effects.describe_people(keys)
    return {
        key: Known(
            answers=counts.get(key, 0),
            consents=tuple(consents[key].values()),
            outcome=came_of.get(key, PersonSummary()),
        )
        for key in keys
    }


def consents_in_words(known: Known) -> list[str]:
    return [
        _("%(label)s: %(answer)s, %(day)s")
        % {
            "label": consent.label,
            "answer": consent.answer_in_words,
            "day": date_format(localtime(consent.at), "SHORT_DATE_FORMAT"),
        }
        for consent in known.consents
    ]


def known(person: Person) -> Known:
    """Return what `tell` has read for all people of a page at once."""
    told: Known = getattr(person, "known", Known())
    return told


def tell(people: Sequence[Any]) -> None:
    """Read what is known of these people and keep it with each."""
    found = known_of([person.pk for person in people])
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
        return may_view_people(user)

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find(rows, asked)

    def prepare(self, rows: list[Person]) -> None:
        tell(rows)


PEOPLE = PeopleListing()
