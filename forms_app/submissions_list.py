"""Wagtail's list of one form's answers, under our rights and with our export."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from wagtail.contrib.forms.views import SubmissionsListView

from forms_app.export import csv_response
from forms_app.rights import may_export


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
