"""“Is it really locked?”: asks the worker for a walk and shows the last, for a page's editors."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from eoc_cms.core.background import jobs
from resources.lock_check.running import ask_for_walk
from resources.models import LockCheck, ResourcePage


class LockCheckView(WagtailAdminTemplateMixin, View):
    page_title = gettext_lazy("Is it really locked?")
    header_icon = "lock"
    template_name = "resources/admin/lock_check.html"

    def dispatch(self, request: HttpRequest, page_id: int) -> HttpResponseBase:
        self.resource = get_object_or_404(ResourcePage, pk=page_id)
        if not self.resource.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        return super().dispatch(request)

    def get(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def post(self, request: HttpRequest) -> HttpResponse:
        ask_for_walk(self.resource)
        return redirect("resources_lock_check", self.resource.pk)

    def get_page_subtitle(self) -> str:
        return self.resource.get_admin_display_title()

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [
            *self.breadcrumbs_items,
            {"url": self._edit_address(), "label": self.get_page_subtitle()},
            {"url": "", "label": self.page_title},
        ]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        check = LockCheck.objects.filter(resource=self.resource).first() or LockCheck()
        context = {
            "check": check,
            "findings": worst_first(check),
            "open_count": sum(not finding["is_closed"] for finding in check.findings),
            "is_stale": self._has_changed_since(check),
            "is_worker_alive": not check.is_under_way or jobs.is_worker_alive(),
            "edit_url": self._edit_address(),
        }
        return {**super().get_context_data(**kwargs), **context}

    def _has_changed_since(self, check: LockCheck) -> bool:
        saved_at = self.resource.latest_revision_created_at
        return bool(check.ended_at and saved_at and saved_at > check.ended_at)

    def _edit_address(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.resource.pk])


def worst_first(check: LockCheck) -> list[dict[str, object]]:
    """Return the findings, what is open before what is closed, each with its state in a word."""
    return [
        {"finding": finding, "state": _("Closed") if finding["is_closed"] else _("Open")}
        for finding in sorted(check.findings, key=lambda finding: finding["is_closed"])
    ]
