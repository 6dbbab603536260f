"""What reviewers said, told where authors look: on the page's form and on the admin's home."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages as django_messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.admin.auth import require_admin_access
from wagtail.admin.views.pages.workflow import WorkflowActionView
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from eoc_cms.core.models import Staff
from home.admin.findings import SHOWN, Entry, Finding

DECISIONS = ("approve", "reject")


def changes_requested(user: Staff, own_pages: Callable[[], QuerySet[Page]]) -> Finding | None:
    """Return a finding when somebody else wants changes in pages that a person may change."""
    sent_back = WorkflowState.objects.filter(
        status=WorkflowState.STATUS_NEEDS_CHANGES,
        base_content_type=get_default_page_content_type(),
    )
    # By whom, and whose pages, are the longer questions.
    if not sent_back.exists():
        return None
    reviews = (
        sent_back.exclude(current_task_state__finished_by=user)
        .select_related("current_task_state__finished_by")
        .order_by("-pk")
    )
    wanted = {int(review.object_id): review.current_task_state for review in reviews}
    found = list(own_pages().filter(pk__in=wanted).order_by("title")[: SHOWN + 1])
    if not found:
        return None
    entries = [
        Entry(
            text=page.get_admin_display_title(),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            note=words_of(wanted[page.pk]),
        )
        for page in found[:SHOWN]
    ]
    return Finding(
        title=_("Changes were requested"),
        advice=_("Change what the reviewer asks for, then submit the page for approval again."),
        entries=entries,
        has_more=len(found) > SHOWN,
    )


def words_of(review: TaskState) -> str:
    """Return who requested changes, and what they said."""
    reviewer = review.finished_by
    name = (reviewer.get_full_name() or str(reviewer)) if reviewer else _("The reviewer")
    return f"{name}: {review.comment}" if review.comment else name


def tell_of_review(request: HttpRequest, page: Page) -> None:
    """Put what the reviewer said at the top of the page's form."""
    review = page.current_workflow_state
    is_shown = request.method == "GET" and request.accepts("text/html")
    if is_shown and review and review.status == WorkflowState.STATUS_NEEDS_CHANGES:
        lines = words_of(review.current_task_state).splitlines()
        words = format_html_join(SafeString("<br>"), "{}", ([line] for line in lines))
        messages.warning(request, format_html(_("Changes were requested. {words}"), words=words))


def tell_of_decision(request: HttpRequest, page: Page) -> None:
    """Say what was decided on the page's form, where Wagtail says that the page was updated."""
    action = request.POST.get("workflow-action-name", "")
    if action in DECISIONS:
        said = list(django_messages.get_messages(request))
        for each in said[:-1]:
            django_messages.add_message(request, each.level, each.message, each.extra_tags)
        tell(request, page, action)


def tell(request: HttpRequest, page: Page, action: str) -> None:
    """Say that a page is approved, and lead to it if it is published, or that changes are asked."""
    now = Page.objects.get(pk=page.pk)
    words = {"title": now.get_admin_display_title()}
    if action == "reject":
        messages.success(
            request, _("Changes were requested in “%(title)s”. Its author gets a mail.") % words
        )
    elif now.live and not now.has_unpublished_changes:
        button = messages.button(now.url, _("View live"), new_window=False)
        messages.success(
            request, _("“%(title)s” is approved and published.") % words, buttons=[button]
        )
    elif now.approved_schedule:
        messages.success(
            request, _("“%(title)s” is approved, and published when its time comes.") % words
        )
    else:
        messages.success(request, _("“%(title)s” is approved.") % words)


class DecisionView(WorkflowActionView):
    """Decides on a page without opening it, from the admin's home, and says what was decided."""

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post(request, *args, **kwargs)
        if self.task_state.status != TaskState.STATUS_IN_PROGRESS:
            tell(request, self.object, self.action_name)
        return response


decide = require_admin_access(DecisionView.as_view())
