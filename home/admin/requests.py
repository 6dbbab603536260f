"""What has come in lately, for those who may read answers."""

import uuid
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count, Q
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import Staff
from forms_app.models import FormVersion, Submission
from forms_app.querysets import SubmissionQuerySet
from forms_app.rights import visible_submissions

LATEST = 5
RECENT = timedelta(days=7)


@dataclass(frozen=True, kw_only=True)
class FormCount:
    title: str
    accepted: int
    held: int
    url: str


@dataclass(frozen=True, kw_only=True)
class NewRequests:
    latest: list[Submission]
    by_form: list[FormCount]
    list_url: str


def new_requests(user: Staff) -> NewRequests:
    """Return the latest answers this person may read, and how many each form got lately."""
    visible = visible_submissions(user)
    newest = visible.counted().select_related("person", "version").order_by("-submit_time", "-pk")
    return NewRequests(
        latest=list(newest[:LATEST]), by_form=counts_by_form(visible), list_url=_list_address()
    )


def counts_by_form(visible: SubmissionQuerySet) -> list[FormCount]:
    """Return how many answers each form got in the last seven days, tests left out."""
    recent = visible.filter(is_test=False, submit_time__gte=timezone.now() - RECENT)
    rows = (
        recent.order_by()
        .values("form_key")
        .annotate(
            accepted=Count("pk", filter=Q(state=Submission.State.ACCEPTED)),
            held=Count("pk", filter=Q(state=Submission.State.HELD)),
        )
        .order_by("-accepted", "form_key")
    )
    titles = _latest_titles([row["form_key"] for row in rows])
    return [
        FormCount(
            title=titles[row["form_key"]],
            accepted=row["accepted"],
            held=row["held"],
            url=f"{_list_address()}?form={row['form_key']}",
        )
        for row in rows
    ]


def _latest_titles(keys: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    # From what was answered, so that a form whose page is gone has its title too.
    versions = FormVersion.objects.filter(form_key__in=keys).order_by("created_at", "pk")
    return dict(versions.values_list("form_key", "title"))


def _list_address() -> str:
    return reverse("forms_app_submission_modeladmin_index")
