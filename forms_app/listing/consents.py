"""Who agreed to what, and since when: what news are sent from."""

from typing import Any

from django.db.models import QuerySet
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from forms_app.consents.links import link_for
from forms_app.form_titles import form_titles
from forms_app.listing.answers import forms_offered
from forms_app.listing.base import Listing
from forms_app.listing.filters import (
    ChoiceFilter,
    Choices,
    FromDay,
    ListFilterSet,
    PeriodFilter,
    UntilDay,
)
from forms_app.listing.tables import Column, field_columns
from forms_app.listing.word_search import find
from forms_app.models import ConsentEvent, FormVersion, Person
from forms_app.querysets import ConsentQuerySet
from forms_app.rights import may_view_people

AGREES = gettext_lazy("Agrees")


class StateFilter(ChoiceFilter):
    """Without a word about it, only those who agree: nobody else may be written to."""

    def filter(self, qs: Any, value: str) -> QuerySet:
        rows: ConsentQuerySet = qs
        if value == "withdrawn":
            return rows.taken_back()
        return rows if value == "all" else rows.given()


def states(user: Staff | None) -> Choices:
    return [("withdrawn", _("Agreed once, and no longer")), ("all", _("Whatever they said"))]


def consents_offered(user: Staff | None) -> Choices:
    """Return every consent that a form was ever answered with, under its last label."""
    titles = form_titles()
    labels = {
        (version.form_key, name): asked.label
        for version in FormVersion.objects.answered()
        for name, asked in version.questions.items()
        if asked.is_consent
    }
    offered = [
        (f"{form_key.hex}.{name}", f"{titles.get(form_key, '')}: {label}")
        for (form_key, name), label in labels.items()
    ]
    return sorted(offered, key=lambda choice: choice[1])


def of_consent(rows: QuerySet, chosen: str) -> QuerySet:
    form_key, _dot, name = chosen.partition(".")
    return rows.filter(form_key=form_key, field_name=name)


class ConsentFilterSet(ListFilterSet):
    state = StateFilter(label=gettext_lazy("State"), offered=states, empty_label=AGREES)
    form = ChoiceFilter(field_name="form_key", label=gettext_lazy("Form"), offered=forms_offered)
    consent = ChoiceFilter(
        label=gettext_lazy("Consent"), offered=consents_offered, apply=of_consent
    )
    since = PeriodFilter("at", gettext_lazy("Since"))
    from_ = FromDay("at", gettext_lazy("From"))
    until = UntilDay("at", gettext_lazy("Until"))

    def in_words(self) -> dict[str, str]:
        """Say also what narrows the list when nothing is chosen."""
        return {str(self.filters["state"].label): str(AGREES), **super().in_words()}


def text_column(id_: str, heading: str | Promise, name: str) -> Column:
    return Column(id=id_, heading=heading, value=lambda event: getattr(event, name))


class ConsentListing(Listing):
    """It tells of people, so whoever may read people may read it."""

    model = ConsentEvent
    title = gettext_lazy("Who agreed")
    filterset_class = ConsentFilterSet
    columns = (
        Column(id="email", heading=gettext_lazy("E-mail"), value=lambda event: event.person.email),
        *field_columns(ConsentEvent, "label", "wording", "form_title"),
        text_column("agreed", gettext_lazy("Agreed"), "answer_in_words"),
        *field_columns(ConsentEvent, "at"),
        text_column("how", gettext_lazy("How"), "how_in_words"),
        *field_columns(ConsentEvent, "note"),
        Column(
            id="link",
            heading=gettext_lazy("Link to change their mind"),
            value=lambda event: link_for(event.person_id, [event.key]),
        ),
    )

    def may_list(self, user: Staff) -> bool:
        return may_view_people(user)

    def visible_to(self, user: Staff) -> QuerySet:
        return ConsentEvent.objects.standing().select_related("person")

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        if not asked.strip():
            return rows
        return rows.filter(person__in=find(Person.objects.all(), asked))


CONSENTS = ConsentListing()
