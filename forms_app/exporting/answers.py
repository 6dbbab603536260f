"""The table of answers: what each form asked, beside what is known of each submission."""

import uuid
from collections.abc import Collection
from functools import cache
from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from forms_app.exporting.columns import asked_columns
from forms_app.exporting.tables import Column, Table
from forms_app.models import FormVersion, Submission
from forms_app.rights import EXPORT, forms_for

KEY = "forms_app.submission"
# Long, and of no use to a reader.
NEVER_EXPORTED = ("search_text", "repeat_key")


def table_of_answers(
    queryset: QuerySet[Submission],
    *,
    title: str,
    slug: str = "submissions",
    filters: dict[str, str] | None = None,
    query: str = "",
) -> Table:
    """Return the submissions with the columns of every form they answer.

    What staff sent to try a form out is left out.
    """
    queryset = queryset.filter(is_test=False)
    keys = list(queryset.order_by().values_list("form_key", flat=True).distinct())
    return Table(
        key=KEY,
        title=title,
        slug=slug,
        queryset=as_rows(queryset),
        columns=[*about_columns(), *answer_columns(keys)],
        filters=filters or {},
        query=query,
        spare=answer_column,
    )


def exportable_by(user: Any, queryset: QuerySet[Submission]) -> QuerySet[Submission]:
    """Leave out the answers to forms that a person may read but not export."""
    keys = forms_for(user, EXPORT)
    return queryset if keys is None else queryset.filter(form_key__in=keys)


def as_rows(queryset: QuerySet[Submission]) -> QuerySet[Submission]:
    """Read what the columns need at once, so that no row asks for more."""
    return queryset.select_related(None).select_related("person").defer(None).defer(*NEVER_EXPORTED)


def answer_columns(form_keys: Collection[uuid.UUID]) -> list[Column]:
    return [answer_column(name, heading) for name, heading in asked_columns(form_keys).items()]


def answer_column(name: str, heading: str) -> Column:
    return Column(id=name, heading=heading, value=lambda row: row.form_data.get(name))


def about_columns() -> list[Column]:
    """Return what is known of every submission; no field's name can hold a colon."""

    @cache
    def form_titles() -> dict[int, str]:
        return dict(FormVersion.objects.values_list("pk", "title"))

    def column(id_: str, heading: Any, value: Any, *, is_time: bool = False) -> Column:
        return Column(id=id_, heading=heading, value=value, is_time=is_time)

    return [
        column(":receipt", _("Receipt number"), lambda row: row.receipt),
        column(":sent", _("Sent"), lambda row: row.submit_time, is_time=True),
        column(":source", _("Sent from"), lambda row: row.source_title),
        column(":form", _("Form"), lambda row: form_titles().get(row.version_id, "")),
        column(":state", _("State of the submission"), lambda row: row.get_state_display()),
        column(":held", _("Held because"), lambda row: row.held_because),
        column(":language", _("Language of the page"), lambda row: row.language),
        column(":person", _("Person"), lambda row: row.person.email if row.person else ""),
        column(":starred", _("Starred"), lambda row: row.is_starred),
        column(":note", _("Note of staff"), lambda row: row.note),
    ]
