"""Erase answers when the time their form keeps them is over."""

import calendar
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Person, Submission

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Purged:
    submissions: int
    people: int


def purge(*, at: datetime | None = None, dry_run: bool = False) -> Purged:
    """Erase what is older than its form keeps it; in a dry run, only count it.

    The mails that tell of an answer go with it, and people of whom nothing is
    left. Grants and downloads stay without a person, so that counts remain.
    """
    keys = list(due_submissions(at or timezone.now()).values_list("pk", flat=True))
    kept = Submission.objects.exclude(pk__in=keys).exclude(person=None)
    people = Person.objects.exclude(pk__in=kept.values("person"))
    result = Purged(submissions=len(keys), people=people.count())
    if not dry_run:
        for start in range(0, len(keys), BATCH):
            _erase(keys[start : start + BATCH])
        Person.objects.filter(submissions=None).delete()
    return result


def due_submissions(at: datetime) -> QuerySet[Submission]:
    """Return the submissions whose time is over; a form that is gone keeps the default time."""
    months = dict(FormPage.objects.values_list("form_key", "retention_months"))
    due = ~Q(form_key__in=months) & Q(submit_time__lt=months_before(at, settings.RETENTION_MONTHS))
    for form_key, count in months.items():
        due |= Q(form_key=form_key, submit_time__lt=months_before(at, count))
    return Submission.objects.filter(due)


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same day some calendar months earlier, or that month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


@transaction.atomic
def _erase(keys: list[int]) -> None:
    batch = Submission.objects.filter(pk__in=keys)
    OutgoingMail.objects.filter(about__in=list(batch.values_list("receipt", flat=True))).delete()
    batch.delete()
