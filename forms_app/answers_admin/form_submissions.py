"""Wagtail's lists of forms and of one form's answers, under our rights, with our export."""

from dataclasses import replace
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets.button import Button
from wagtail.contrib.forms.views import FormPagesListView, SubmissionsListView

from eoc_cms.core.models import StaffRequest
from forms_app.exporting.making import Wish
from forms_app.list_admin.menu import ExportMenu
from forms_app.list_admin.response import respond_to_wish, wish_in
from forms_app.listing.answer_columns import LEADING
from forms_app.listing.answers import ANSWERS
from forms_app.listing.tables import Table, filters_of
from forms_app.models import FormPage
from forms_app.models.exports import FileFormat
from forms_app.models.submission import shown
from forms_app.rights import may_export, may_view

NO_DATE = gettext_lazy("That date cannot be read. Write it as 2026-03-31.")


class FormsListView(FormPagesListView):
    """The way to each form's answers; who may see them need not have rights to pages."""

    # Leads to pages and page types, which those who read answers may not open.
    columns = [
        column
        for column in FormPagesListView.columns
        if column.name not in {"bulk_actions", "parent", "content_type"}
    ]

    def user_has_any_permission(self, permissions: set[str]) -> bool:
        return may_view(self.request.user)


class FormSubmissionsListView(SubmissionsListView):
    request: StaffRequest
    form_page: FormPage
    # Wagtail's own spreadsheet writer keeps formulas, so only ours is offered.
    FORMATS = tuple(FileFormat.values)

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: Any) -> HttpResponse:
        self.show_export_buttons = may_export(request.user, kwargs["form_page"].key)
        if request.GET.get("export") and not self.show_export_buttons:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def header_more_buttons(self) -> list[Button]:
        if not self.show_export_buttons:
            return []
        menu = ExportMenu(
            key=ANSWERS.key,
            query=filters_of(self.request.GET.urlencode()),
            address=self.get_index_url(),
            user=self.request.user,
            filters=self.same_filters(),
        )
        return menu.buttons()

    def same_filters(self) -> str:
        """Return what narrows the list of all answers to what stands here."""
        same = QueryDict(mutable=True)
        same["form"] = str(self.form_page.key)
        chosen = self.dates_chosen()
        if chosen and chosen.start:
            same["from"] = f"{chosen.start:%Y-%m-%d}"
        if chosen and chosen.stop:
            same["until"] = f"{chosen.stop:%Y-%m-%d}"
        return filters_of(same.urlencode())

    def filter_queryset(self, queryset: QuerySet) -> QuerySet:
        """Find nothing by a date that is none, where Wagtail finds everything."""
        if not self.filters.is_valid():
            messages.error(self.request, NO_DATE)
            return queryset.none()
        return super().filter_queryset(queryset)

    def dates_chosen(self) -> slice | None:
        return self.filters.form.cleaned_data.get("date") if self.filters.is_valid() else None

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        """Say yes and no, where Wagtail's own list says True, False and None, and what is held."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        if "data_rows" not in context:
            return context
        place = len(LEADING)
        context["data_headings"].insert(place, {"name": "state", "label": _("State")})
        for row, submission in zip(context["data_rows"], context["submissions"], strict=True):
            row["fields"] = [as_read(cell) for cell in row["fields"]]
            row["fields"].insert(place, submission.state_in_words)
        return context

    def as_spreadsheet(self, queryset: object, spreadsheet_format: str) -> HttpResponseBase:
        back = self.get_index_url()
        if not self.filters.is_valid():
            # The list has said so.
            return redirect(back)
        wish = wish_in(self.request) or Wish()
        return respond_to_wish(self.request, self.table, wish, back=back)

    def table(self) -> Table:
        table = ANSWERS.table(user=self.request.user, query=self.same_filters())
        return replace(table, slug=self.form_page.slug)


def as_read(cell: object) -> object:
    """Return a cell in words; a question that was not asked leaves it empty."""
    if cell is None:
        return ""
    return shown(cell) if isinstance(cell, bool) else cell
