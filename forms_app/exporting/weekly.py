"""Remind the owners of weekly exports by mail: a link that needs a sign-in, never a file."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import queue_mail
from forms_app.exporting.saved import new_rows, table_of_saved
from forms_app.listing.base import UnusableFiltersError, title_of
from forms_app.models import SavedExport

logger = logging.getLogger(__name__)

# Looked for once a day, so half a day less than a week: a run that is a minute late must
# not move the mail to the next day.
WEEK = timedelta(days=6, hours=12)


def remind_owners(*, at: datetime | None = None) -> int:
    """Queue the mail for every weekly export whose week is over; return how many."""
    now = at or timezone.now()
    due = Q(reminded_at=None) | Q(reminded_at__lte=now - WEEK)
    weekly = SavedExport.objects.filter(due, weekly=True, owner__is_active=True)
    return sum(_remind(saved, now) for saved in weekly.exclude(owner__email="").order_by("pk"))


def _remind(saved: SavedExport, now: datetime) -> bool:
    try:
        rows = new_rows(saved, table_of_saved(saved))
    except (PermissionDenied, UnusableFiltersError):
        # Whoever may no longer export gets no word of what waits.
        logger.info("No reminder for saved export %s: it can no longer be run", saved.pk)
        return False
    address = reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk])
    with transaction.atomic():
        SavedExport.objects.filter(pk=saved.pk).update(reminded_at=now)
        queue_mail(
            to=saved.owner.email,
            subject=_("Your weekly export: %(name)s") % {"name": saved.name},
            text=render_to_string(
                "forms_app/mail/weekly_export.txt",
                {
                    "saved": saved,
                    "list_title": title_of(saved.listing),
                    "rows": rows,
                    "link": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
                },
            ),
        )
    return True
