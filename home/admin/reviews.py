"""What reviewers said, told where authors look: on the page's form and on the admin's home."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import Page, TaskState, WorkflowState, get_default_page_content_type

from eoc_cms.core.models import Staff
from home.admin.findings import SHOWN, Entry, Finding


def changes_requested(user: Staff, pages: QuerySet[Page]) -> Finding | None:
    """Return a finding when somebody else wants changes in pages that a person may change."""
    reviews = (
        WorkflowState.objects.filter(
            status=WorkflowState.STATUS_NEEDS_CHANGES,
            base_content_type=get_default_page_content_type(),
        )
        .exclude(current_task_state__finished_by=user)
        .select_related("current_task_state__finished_by")
        .order_by("-pk")
    )
    wanted = {int(review.object_id): review.current_task_state for review in reviews}
    found = list(pages.filter(pk__in=wanted).order_by("title")[: SHOWN + 1])
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
        words = words_of(review.current_task_state)
        messages.warning(request, _("Changes were requested. %(words)s") % {"words": words})


def tell_of_approval(request: HttpRequest, page: Page) -> None:
    """Say after an approval that the page is published, and lead to it."""
    if request.POST.get("workflow-action-name") != "approve":
        return
    now = Page.objects.get(pk=page.pk)
    words = {"title": page.get_admin_display_title()}
    if not now.live or now.has_unpublished_changes:
        messages.success(request, _("“%(title)s” is approved.") % words)
        return
    button = messages.button(now.url, _("View live"), new_window=False)
    messages.success(request, _("“%(title)s” is approved and published.") % words, buttons=[button])
