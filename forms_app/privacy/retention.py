"""Erase answers when the time their form keeps them is over, and what hangs on them."""

import calendar
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Count, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from forms_app.models import AnswerAct, ExportRecord, FormPage, FormVersion, Person, Submission
from forms_app.privacy.erasing import clean_up, erase_answers
from forms_app.privacy.mails import erase_old_mails
from forms_app.privacy.retention_rules import HELD_DAYS, LEDGER_FILTER_MONTHS

BATCH = 500


@dataclass(frozen=True, kw_only=True)
class Purged:
    """How much was erased; `forms` counts the answers by their form's title."""

    submissions: int
    people: int
    forms: dict[str, int] = field(default_factory=dict)


def purge(*, at: datetime | None = None, dry_run: bool = False) -> Purged:
    """Erase what is older than its form keeps it; in a dry run, only count it.

    Mails and files go with their answer, and people of whom nothing is left. Grants
    that still live and downloads stay without a person, so that counts remain.
    """
    moment = at or timezone.now()
    due = due_submissions(moment)
    forms = counts_by_form(due)
    kept = Submission.objects.exclude(due_condition(moment)).exclude(person=None)
    people = Person.objects.exclude(pk__in=kept.values("person"))
    result = Purged(submissions=sum(forms.values()), people=people.count(), forms=forms)
    if not dry_run:
        while keys := list(due.values_list("pk", flat=True)[:BATCH]):
            erase_answers(Submission.objects.filter(pk__in=keys), kind=AnswerAct.Kind.TIME_OVER)
        _erase_the_rest(moment)
    return result


def due_submissions(at: datetime) -> QuerySet[Submission]:
    """Return the submissions whose time is over; a form that is gone keeps the default time."""
    return Submission.objects.filter(due_condition(at))


def due_condition(at: datetime) -> Q:
    months = months_by_form()
    due = ~Q(form_key__in=months) & Q(submit_time__lt=months_before(at, settings.RETENTION_MONTHS))
    for form_key, count in months.items():
        due |= Q(form_key=form_key, submit_time__lt=months_before(at, count))
    held_too_long = Q(submit_time__lt=at - timedelta(days=HELD_DAYS))
    return due | (Q(state=Submission.State.HELD) & held_too_long)


def months_by_form() -> dict[uuid.UUID, int]:
    return dict(FormPage.objects.values_list("form_key", "retention_months"))


def counts_by_form(submissions: QuerySet[Submission]) -> dict[str, int]:
    """Return how many answers there are to each form, by the title it had last."""
    titles = dict(FormVersion.objects.order_by("created_at", "pk").values_list("form_key", "title"))
    counts: dict[str, int] = {}
    grouped = submissions.order_by().values_list("form_key").annotate(count=Count("pk"))
    for form_key, count in grouped:
        title = titles[form_key]
        counts[title] = counts.get(title, 0) + count
    return counts


def months_before(moment: datetime, months: int) -> datetime:
    """Return the same day some calendar months earlier, or that month's last day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 - months, 12)
    day = min(moment.day, calendar.monthrange(year, month + 1)[1])
    return moment.replace(year=year, month=month + 1, day=day)


def _erase_the_rest(at: datetime) -> None:
    before = months_before(at, LEDGER_FILTER_MONTHS)
    forgotten = {_("Filters"): _("no longer kept")}
    narrowed = ExportRecord.objects.filter(started_at__lt=before).exclude(filters={})
    due = narrowed.exclude(filters=forgotten)
    due.exclude(refused_because="").update(refused_because=_("no longer kept"))
    due.update(filters=forgotten, scope="")
    erase_old_mails()
    clean_up()
