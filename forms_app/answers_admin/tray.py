"""The tray: answers held as possible spam, with the reason, for staff to look at."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_safe
from wagtail.admin.menu import MenuItem

from forms_app.listing.paging import CappedPaginator
from forms_app.models import Submission
from forms_app.privacy.retention_rules import HELD_DAYS
from forms_app.rights import may_erase, may_put_aside, may_view, visible_submissions

PER_PAGE = 25


class TrayMenuItem(MenuItem):
    def __init__(self, order: int) -> None:
        super().__init__(
            gettext_lazy("Possible spam"),
            reverse("forms_app_tray"),
            name="tray",
            icon_name="warning",
            order=order,
        )

    def is_shown(self, request: HttpRequest) -> bool:
        return may_view(request.user)


def excerpt(answer: Submission) -> str:
    """Return what was answered, in the order it was asked and as a person reads it."""
    return " · ".join(value for _label, value in answer.shown_answers() if value)


@require_safe
def tray(request: HttpRequest) -> HttpResponse:
    if not may_view(request.user):
        raise PermissionDenied
    held = visible_submissions(request.user).held().select_related("person", "version")
    pages = CappedPaginator(held.order_by("-submit_time", "-pk"), PER_PAGE)
    page = pages.get_page(request.GET.get("p", 1))
    for answer in page:
        answer.excerpt = excerpt(answer)
    context = {
        "page_obj": page,
        "may_erase": may_erase(request.user),
        "may_put_aside": may_put_aside(request.user),
        "days": HELD_DAYS,
    }
    return render(request, "forms_app/admin/tray.html", context)
