"""Wagtail's lists of forms and of one form's answers, under our rights, with our export."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.functional import cached_property
from wagtail.contrib.forms.views import FormPagesListView, SubmissionsListView

from forms_app.export import csv_response
from forms_app.models.submission import shown
from forms_app.rights import may_export, may_view


class FormsListView(FormPagesListView):
    """The way to each form's answers; who may see them need not have rights to pages."""

    def user_has_any_permission(self, permissions: set[str]) -> bool:
        return may_view(self.request.user)


class FormSubmissionsListView(SubmissionsListView):
    # Wagtail's own spreadsheet writer keeps formulas, so only ours is offered.
    FORMATS = ("csv",)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        self.show_export_buttons = may_export(request.user)
        if self.is_export and not self.show_export_buttons:
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @property
    def xlsx_export_url(self) -> str:
        return ""

    @cached_property
    def header_more_buttons(self) -> list[Any]:
        """Leave out the button of the spreadsheet, which now leads nowhere."""
        return [button for button in super().header_more_buttons if button.url]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say yes and no, where Wagtail's own list says True and False."""
        context: dict[str, Any] = super().get_context_data(**kwargs)
        for row in context.get("data_rows", []):
            row["fields"] = [
                shown(cell) if isinstance(cell, bool) else cell for cell in row["fields"]
            ]
        return context

    def as_spreadsheet(self, queryset: Any, spreadsheet_format: str) -> HttpResponse:
        slug = self.form_page.slug  # type: ignore[union-attr]
        return csv_response(  # type: ignore[return-value]
            queryset,
            self.form_page.get_data_fields(),  # type: ignore[union-attr]
            user=self.request.user,
            what=self.form_page.title,  # type: ignore[union-attr]
            filters=self.request.GET.dict(),
            filename=f"{slug}-{timezone.localdate():%Y-%m-%d}.csv",
        )
