"""Remind the owners of weekly exports by mail: a link that needs a sign-in, never a file."""

from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from forms_app.exporting.making import filters_told
from forms_app.exporting.saved import new_rows, table_of_saved, wish_of
from forms_app.exporting.stopping import reason_of, resume, stop
from forms_app.listing.base import UnusableFiltersError, title_of
from forms_app.listing.tables import Table, filters_in_words
from forms_app.models import SavedExport

# Looked for once a day, so half a day less than a week: a run that is a minute late must
# not move the mail to the next day.
WEEK = timedelta(days=6, hours=12)


def remind_owners(*, at: datetime | None = None) -> int:
    """Queue the mail for every weekly export whose week is over; return how many."""
    now = at or timezone.now()
    due = Q(reminded_at=None) | Q(reminded_at__lte=now - WEEK)
    weekly = SavedExport.objects.filter(due, weekly=True, owner__is_active=True)
    return sum(_remind(saved, now) for saved in weekly.select_related("owner").order_by("pk"))


def _remind(saved: SavedExport, now: datetime) -> bool:
    try:
        table = table_of_saved(saved)
    except (PermissionDenied, UnusableFiltersError) as error:
        # Whoever may no longer export gets no word of what waits.
        if saved.stopped_at is None:
            stop(saved, reason_of(error), by_mail=True)
        return False
    if not saved.owner.email:
        return False
    with transaction.atomic():
        resume(saved)
        SavedExport.objects.filter(pk=saved.pk).update(reminded_at=now)
        _queue(saved, table)
    return True


def _queue(saved: SavedExport, table: Table) -> None:
    address = reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk])
    queue_mail(
        mail_of(
            to=saved.owner.email,
            subject=_("Your weekly export: %(name)s") % {"name": saved.name},
            text=render_to_string(
                "forms_app/mail/weekly_export.txt",
                {
                    "saved": saved,
                    "list_title": title_of(saved.listing),
                    "filters": filters_in_words(filters_told(table, wish_of(saved), saved.owner)),
                    "rows": new_rows(saved, table),
                    "link": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
                },
            ),
        )
    )
