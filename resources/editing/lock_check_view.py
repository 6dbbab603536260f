"""“Is it really locked?”: what the walk found, for whoever may edit the page."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from resources.lock_check import Report, SiteUnreachableError, check_resource
from resources.models import ResourcePage


class LockCheckView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("Is it really locked?")
    header_icon = "lock"
    template_name = "resources/admin/lock_check.html"

    def get(self, request: HttpRequest, page_id: int) -> HttpResponse:
        self.resource = get_object_or_404(ResourcePage, pk=page_id)
        if not self.resource.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def get_page_subtitle(self) -> str:
        return self.resource.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *self.breadcrumbs_items,
            {"url": self._edit_address(), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title, "sublabel": self.get_page_subtitle()},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        context = {"resource": self.resource, "edit_url": self._edit_address()}
        try:
            report = check_resource(self.resource)
        except SiteUnreachableError as error:
            context["unreachable"] = str(error)
        else:
            context |= {"report": report, "findings": worst_first(report)}
        return {**super().get_context_data(**kwargs), **context}

    def _edit_address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.resource.pk])


def worst_first(report: Report) -> list[dict[str, object]]:
    """Return the findings, what is open before what is closed, each with its state in a word."""
    return [
        {"finding": finding, "state": _("Closed") if finding.is_closed else _("Open")}
        for finding in sorted(report.findings, key=lambda finding: finding.is_closed)
    ]
