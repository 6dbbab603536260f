"""What has come in lately, for those who may read answers."""

import uuid
from collections import Counter, defaultdict
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Count
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import Staff
from forms_app.models import FormVersion, Submission
from forms_app.querysets import SubmissionQuerySet
from forms_app.rights import visible_submissions

LATEST = 5
# What a line tells; a version holds all that its form asked.
TOLD = ("receipt", "source_title", "state", "submit_time", "person__email", "version__title")
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
    counted = visible.counted().select_related("person", "version").only(*TOLD)
    newest = counted.order_by("-submit_time", "-pk")
    return NewRequests(
        latest=list(newest[:LATEST]), by_form=counts_by_form(visible), list_url=_list_address()
    )


def counts_by_form(visible: SubmissionQuerySet) -> list[FormCount]:
    """Return how many answers each form got in the last seven days, tests left out."""
    recent = visible.filter(is_test=False, submit_time__gte=timezone.now() - RECENT)
    counts: dict[uuid.UUID, Counter[str]] = defaultdict(Counter)
    for key, state, count in (
        recent.order_by().values_list("form_key", "state").annotate(Count("pk"))
    ):
        counts[key][state] = count
    titles = _latest_titles(list(counts))
    forms = [
        FormCount(
            title=titles[key],
            accepted=by_state[Submission.State.ACCEPTED],
            held=by_state[Submission.State.HELD],
            url=f"{_list_address()}?form={key}",
        )
        for key, by_state in sorted(counts.items())
    ]
    return sorted(forms, key=lambda form: form.accepted, reverse=True)


def _latest_titles(keys: list[uuid.UUID]) -> dict[uuid.UUID, str]:
    # From what was answered, so that a form whose page is gone has its title too.
    versions = FormVersion.objects.filter(form_key__in=keys).order_by("created_at", "pk")
    return dict(versions.values_list("form_key", "title"))


def _list_address() -> str:
    return reverse("forms_app_submission_modeladmin_index")
