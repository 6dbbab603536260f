"""Answers across all forms: what each form asked, beside what is known of each answer."""

import uuid
from collections.abc import Collection
from dataclasses import replace
from functools import cache, partial

import django_filters
from django.db.models import Exists, OuterRef, QuerySet
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page

from eoc_cms.core.models import Staff
from forms_app.consents.standing import changes_for_export
from forms_app.form_titles import form_titles
from forms_app.listing.answer_columns import answer_columns, with_same_words_joined
from forms_app.listing.base import EVERY_FORM, Listing, UnusableFiltersError, missing_right
from forms_app.listing.filters import (
    ChoiceFilter,
    Choices,
    FromDay,
    ListFilterSet,
    PeriodFilter,
    UntilDay,
)
from forms_app.listing.sources import Named, Source, Stored, Told
from forms_app.listing.tables import Column, Table
from forms_app.listing.word_search import find
from forms_app.models import FormVersion, Submission
from forms_app.rights import EXPORT, forms_for, may_export, may_view, visible_submissions

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
        """Leave out the answers to forms that a person may read but not export, and say so."""
        table = super().table(user=user, query=query)
        keys = forms_for(user, EXPORT)
        if keys is not None:
            table = _of_forms(table, keys, _form_asked(query))
        return self._with_columns(table)

    def forms_reached(self, *, user: Staff, query: str) -> list[str]:
        keys, asked = forms_for(user, EXPORT), _form_asked(query)
        if asked:
            return [str(asked)] if keys is None or asked in keys else []
        return [EVERY_FORM] if keys is None else sorted(map(str, keys))

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
        keys = _forms_of(rows)
        is_of_one_form = _form_asked(table.query) is not None
        about = about_columns()
        answers = answer_columns(
            keys,
            is_of_one_form=is_of_one_form,
            taken=[column.heading_with_zone() for column in about],
        )
        return replace(
            table,
            queryset=rows.select_related(None).defer(None),
            columns=[*about, *answers],
            join=None if is_of_one_form else with_same_words_joined,
            keeps_empty=True,
            count=partial(_counted, table.queryset),
        )


ANSWERS = AnswerListing()


def _forms_of(rows: QuerySet) -> list[uuid.UUID]:
    """Return the forms that rows answer: a look into an index for each, not at each row."""
    of_form = rows.order_by().filter(form_key=OuterRef("form_key"))
    versions = FormVersion.objects.filter(Exists(of_form)).order_by()
    return list(versions.values_list("form_key", flat=True).distinct())


def _counted(rows: QuerySet) -> int:
    """Count all but the tests, which are few and have an index, as the rest has not."""
    every = rows.order_by()
    tests = Submission.objects.filter(is_test=True).order_by().values("pk")
    return every.count() - every.filter(pk__in=tests).count()


def _form_asked(query: str) -> uuid.UUID | None:
    """Return the form that a query narrows answers to, or None for no form."""
    try:
        return uuid.UUID(QueryDict(query).get("form", ""))
    except ValueError:
        return None


def _of_forms(table: Table, keys: Collection[uuid.UUID], asked: uuid.UUID | None) -> Table:
    """Narrow a table to the forms that may be exported.

    Raises UnusableFiltersError where one was asked for that is not among them.
    """
    if asked is None:
        told = {_("Forms that may be exported"): ", ".join(form_titles(keys).values())}
        rows = table.queryset.filter(form_key__in=keys)
        return replace(table, queryset=rows, filters={**table.filters, **told})
    if asked not in keys:
        raise UnusableFiltersError(missing_right(form_titles([asked]).values()))
    return table


def about_columns() -> list[Column]:
    """Return what is known of every submission; no field's name can hold a colon."""

    @cache
    def titles() -> dict[int, str]:
        return dict(FormVersion.objects.values_list("pk", "title"))

    def states() -> dict[str, str]:
        return {value: str(words) for value, words in Submission.State.choices}

    def column(id_: str, heading: str, source: Source, *, is_time: bool = False) -> Column:
        return Column(id=id_, heading=heading, value=source, is_time=is_time)

    return [
        column(":receipt", _("Receipt number"), Stored("receipt")),
        column(":sent", _("Sent"), Stored("submit_time"), is_time=True),
        column(":source", _("Sent from"), Stored("source_title")),
        column(":form", _("Form"), Named("version_id", titles)),
        column(":state", _("State of the submission"), Named("state", states)),
        column(":held", _("Held because"), Stored("held_because")),
        column(":language", _("Language of the page"), Stored("language")),
        column(":person", _("Person"), Stored("person__email")),
        column(":consents", _("Changed consents"), Told(changes_for_export())),
        column(":starred", _("Starred"), Stored("is_starred")),
        column(":note", _("Note of staff"), Stored("note")),
    ]
