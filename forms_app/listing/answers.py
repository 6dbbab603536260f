"""Answers across all forms: what each form asked, beside what is known of each answer."""

import uuid
from collections.abc import Callable, Collection
from dataclasses import replace
from functools import cache

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from eoc_cms.core.models import Staff
from forms_app.form_titles import form_titles
from forms_app.listing.answer_columns import asked_columns
from forms_app.listing.base import Listing
from forms_app.listing.filters import (
    ChoiceFilter,
    Choices,
    FromDay,
    ListFilterSet,
    PeriodFilter,
    UntilDay,
)
from forms_app.listing.tables import Column, Table
from forms_app.listing.word_search import find
from forms_app.models import FormVersion, Submission
from forms_app.rights import EXPORT, forms_for, may_export, may_view, visible_submissions

# Long, and of no use to a reader.
NEVER_EXPORTED = ("search_text", "repeat_key")
MARKS: dict[str, dict[str, bool]] = {
    "starred": {"is_starred": True},
    "test": {"is_test": True},
    "real": {"is_test": False},
}


def forms_offered(user: Staff | None) -> Choices:
    """Return every form whose answers a person may read, also one whose page is gone."""
    keys = forms_for(user) if user else None
    return [(str(key), title) for key, title in form_titles(keys).items()]


def pages_offered(user: Staff | None) -> Choices:
    """Return the pages that answers were sent from."""
    # One look into an index for each page; to read every answer would take seconds.
    answers = visible_submissions(user) if user else Submission.objects.all()
    sent_from = answers.order_by().filter(source_page=OuterRef("pk"))
    pages = Page.objects.filter(Exists(sent_from)).order_by("title")
    return [(str(key), title) for key, title in pages.values_list("pk", "title")]


class AnswerFilterSet(ListFilterSet):
    form = ChoiceFilter(field_name="form_key", label=gettext_lazy("Form"), offered=forms_offered)
    source = ChoiceFilter(
        field_name="source_page", label=gettext_lazy("Sent from"), offered=pages_offered
    )
    state = ChoiceFilter(
        label=gettext_lazy("State"),
        offered=lambda user: [(value, str(words)) for value, words in Submission.State.choices],
    )
    marked = ChoiceFilter(
        label=gettext_lazy("Marked"),
        offered=lambda user: [
            ("starred", _("Starred")),
            ("test", _("Test")),
            ("real", _("No test")),
        ],
        apply=lambda rows, mark: rows.filter(**MARKS[mark]),
    )
    sent = PeriodFilter("submit_time", gettext_lazy("Sent"))
    from_ = FromDay("submit_time", gettext_lazy("From"))
    until = UntilDay("submit_time", gettext_lazy("Until"))


class AnswerFilterSetOfCommands(AnswerFilterSet):
    """For the command line, which takes moments too."""

    after = django_filters.IsoDateTimeFilter(
        field_name="submit_time", lookup_expr="gte", label=gettext_lazy("Since")
    )
    before = django_filters.IsoDateTimeFilter(
        field_name="submit_time", lookup_expr="lt", label=gettext_lazy("Before")
    )


class AnswerListing(Listing):
    model = Submission
    title = gettext_lazy("Submissions")
    filterset_class = AnswerFilterSet

    def may_list(self, user: Staff) -> bool:
        return may_view(user)

    def may_export(self, user: Staff) -> bool:
        return may_export(user)

    def visible_to(self, user: Staff) -> QuerySet:
        # What is searched and not shown may be long.
        visible = visible_submissions(user).select_related("person", "version")
        return visible.defer("search_text", "form_data")

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find(rows, asked)

    def table(self, *, user: Staff, query: str) -> Table:
        """Leave out the answers to forms that a person may read but not export."""
        table = super().table(user=user, query=query)
        keys = forms_for(user, EXPORT)
        rows = table.queryset if keys is None else table.queryset.filter(form_key__in=keys)
        return self._with_columns(replace(table, queryset=rows))

    def everything(self, query: str) -> Table:
        """Return all that a query finds, for the command line, which needs no right."""
        every = Submission.objects.all()
        filterset = AnswerFilterSetOfCommands(QueryDict(query), every, user=None)
        return self._with_columns(self.table_of(self.found(filterset, every), query))

    def _with_columns(self, table: Table) -> Table:
        """Give the rows the columns of every form they answer.

        What staff sent to try a form out is left out.
        """
        rows = table.queryset.filter(is_test=False)
        keys = list(rows.order_by().values_list("form_key", flat=True).distinct())
        return replace(
            table,
            # All that the columns need is read at once, so that no row asks for more.
            queryset=rows.select_related(None)
            .select_related("person")
            .defer(None)
            .defer(*NEVER_EXPORTED),
            columns=[*about_columns(), *answer_columns(keys)],
            spare=answer_column,
        )


ANSWERS = AnswerListing()


def answer_columns(form_keys: Collection[uuid.UUID]) -> list[Column]:
    return [answer_column(name, heading) for name, heading in asked_columns(form_keys).items()]


def answer_column(name: str, heading: str) -> Column:
    return Column(id=name, heading=heading, value=lambda row: row.form_data.get(name))


def about_columns() -> list[Column]:
    """Return what is known of every submission; no field's name can hold a colon."""

    @cache
    def titles() -> dict[int, str]:
        return dict(FormVersion.objects.values_list("pk", "title"))

    def column(
        id_: str, heading: str, value: Callable[[Submission], object], *, is_time: bool = False
    ) -> Column:
        return Column(id=id_, heading=heading, value=value, is_time=is_time)

    return [
        column(":receipt", _("Receipt number"), lambda row: row.receipt),
        column(":sent", _("Sent"), lambda row: row.submit_time, is_time=True),
        column(":source", _("Sent from"), lambda row: row.source_title),
        column(":form", _("Form"), lambda row: titles().get(row.version_id, "")),
        column(":state", _("State of the submission"), lambda row: row.get_state_display()),
        column(":held", _("Held because"), lambda row: row.held_because),
        column(":language", _("Language of the page"), lambda row: row.language),
        column(":person", _("Person"), lambda row: row.person.email if row.person else ""),
        column(":starred", _("Starred"), lambda row: row.is_starred),
        column(":note", _("Note of staff"), lambda row: row.note),
    ]
