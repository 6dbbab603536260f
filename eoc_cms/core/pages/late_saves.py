"""A late save of an old copy never overwrites what a final action has decided.

The editor saves by itself what is typed, to the address to which publishing, approving and the
like are sent as well. The copy that it saves tells which state of the page it was opened in.
"""

from django import forms
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.models import Page, WorkflowState

STATE_FIELD = "state_when_opened"
# Wagtail's word for a save that would overwrite something newer; its script then stops saving.
OVERWRITES = "invalid_revision"
MOVED_ON = gettext_lazy(
    "This page has been published, approved, sent back, unpublished or locked since you opened it. "
    "What you typed is still here: copy what you need, then load the page anew."
)
# What final actions change, and what a form saves unchanged with everything else of a page.
_DECIDED = ("live", "has_unpublished_changes", "locked", "latest_revision_id")


class StateField(forms.CharField):
    """Tells the state in which a form was opened; it is no content, so it never changes."""

    widget = forms.HiddenInput

    def has_changed(self, initial: object, data: object) -> bool:
        return False


def state_of(page: Page) -> str:
    """Return what final actions change and saving a draft does not; nothing for a plain draft."""
    if not page.pk:
        return ""
    row = Page.objects.only("live", "live_revision", "last_published_at", "locked").get(pk=page.pk)
    parts = {
        "live": row.live and row.live_revision_id,
        "at": row.live and row.last_published_at and row.last_published_at.timestamp(),
        "locked": row.locked,
        "task": _task_of(page),
    }
    return " ".join(f"{name}:{value}" for name, value in parts.items() if value)


def _task_of(page: Page) -> str:
    """Return what a page waits for, and how far that has come."""
    under_way = WorkflowState.objects.for_instance(page).filter(
        status=WorkflowState.STATUS_IN_PROGRESS, current_task_state__isnull=False
    )
    tasks = under_way.values_list("current_task_state", "current_task_state__status")
    return "".join(f"{key}-{status}" for key, status in tasks[:1])


def refuse_late_autosave(request: HttpRequest, page: Page) -> HttpResponse | None:
    """Answer for the editor when a save by itself is a final action or came after one."""
    if request.method != "POST" or request.accepts("text/html"):
        return None
    is_action = any(name.startswith("action-") for name in request.POST)
    if not is_action and request.POST.get(STATE_FIELD, "") == state_of(page):
        return None
    error = {"success": False, "error_code": OVERWRITES, "error_message": str(MOVED_ON)}
    return JsonResponse(error, status=400)


def refuse_overwriting(page: Page) -> None:
    """Hold the page's row; raise PermissionDenied when it moved on since the page was read.

    Within a transaction only. Wagtail explains the error in the editor, with all that was typed.
    """
    row = Page.objects.select_for_update().values(*_DECIDED).get(pk=page.pk)
    if any(getattr(page, name) != value for name, value in row.items()):
        raise PermissionDenied(
            _("Somebody else has just changed this page. Look at it, then save again.")
        )
