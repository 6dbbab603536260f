"""How many answers of each form are erased in the next days, and how many were."""

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db.models import Count, Min, Q, Sum
from django.utils import timezone

from forms_app.models import ErasedTally, FormVersion, Submission
from forms_app.privacy.retention import due_condition, months_before, months_by_form
from forms_app.privacy.retention_rules import HELD_DAYS

DAYS_AHEAD = 30


@dataclass(frozen=True, kw_only=True)
class FormRetention:
    form_key: uuid.UUID
    title: str
    months: int
    held: int
    due_now: int
    due_soon: int
    next_at: datetime | None
    erased: int


def overview() -> list[FormRetention]:
    """Return a line for each form that was ever answered, those with most due first."""
    months = months_by_form()
    erased = dict(
        ErasedTally.objects.order_by().values_list("form_key").annotate(total=Sum("count"))
    )
    counts = _counts()
    lines = [
        _line(key, title, months.get(key, settings.RETENTION_MONTHS), counts, erased)
        for key, title in _titles().items()
    ]
    return sorted(lines, key=lambda line: (-line.due_now, -line.due_soon, line.title))


def erased_from(moment: datetime, *, months: int, is_held: bool) -> datetime:
    """Return when an answer that was sent at a moment is erased."""
    by_form = months_before(moment, -months)
    return min(by_form, moment + timedelta(days=HELD_DAYS)) if is_held else by_form


def _line(
    key: uuid.UUID,
    title: str,
    months: int,
    counts: dict[uuid.UUID, dict[str, Any]],
    erased: dict[uuid.UUID, int],
) -> FormRetention:
    count = counts.get(key, {})
    ends = [
        erased_from(oldest, months=months, is_held=is_held)
        for oldest, is_held in ((count.get("oldest"), False), (count.get("oldest_held"), True))
        if oldest
    ]
    return FormRetention(
        form_key=key,
        title=title,
        months=months,
        held=count.get("held", 0),
        due_now=count.get("due_now", 0),
        due_soon=count.get("due_soon", 0),
        next_at=min(ends, default=None),
        erased=erased.get(key, 0),
    )


def _counts() -> dict[uuid.UUID, dict[str, Any]]:
    now = timezone.now()
    is_held = Q(state=Submission.State.HELD)
    rows = (
        Submission.objects.order_by()
        .values("form_key")
        .annotate(
            held=Count("pk"),
            due_now=Count("pk", filter=due_condition(now)),
            due_soon=Count("pk", filter=due_condition(now + timedelta(days=DAYS_AHEAD))),
            oldest=Min("submit_time", filter=~is_held),
            oldest_held=Min("submit_time", filter=is_held),
        )
    )
    return {row["form_key"]: row for row in rows}


def _titles() -> dict[uuid.UUID, str]:
    """Return the last title of each form, also of one whose answers are all erased."""
    gone = ErasedTally.objects.order_by("month").values_list("form_key", "form_title")
    known = FormVersion.objects.order_by("created_at", "pk").values_list("form_key", "title")
    return {**dict(gone), **dict(known)}
