"""A saved export whose filter or right has gone stops: the ledger and its owner are told."""

from django.conf import settings
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from forms_app.exporting import ledger
from forms_app.exporting.saved import forms_reached
from forms_app.listing.base import title_of
from forms_app.models import SavedExport


class StoppedError(Exception):
    """A saved export cannot be made; its text says why."""


def reason_of(error: Exception) -> str:
    """Return why a saved export cannot be made, in words."""
    return str(error) or _("The right to export this list is missing.")


@transaction.atomic
def stop(saved: SavedExport, reason: str, *, by: str = "", by_mail: bool = False) -> None:
    """Enter a refused export in the ledger; no reminder comes until it works again.

    Its owner is told by mail where asked for, once; on the screen they read it themselves.
    """
    ledger.refuse(saved, reason, by=by or saved.owner.get_username())
    stopped = SavedExport.objects.filter(pk=saved.pk, stopped_at=None)
    is_first = stopped.update(stopped_at=timezone.now(), stopped_because=reason)
    if is_first and by_mail and saved.owner.is_active and saved.owner.email:
        _tell_owner(saved, reason)


def resume(saved: SavedExport) -> None:
    """Note that a saved export works, and for which forms, so that one that goes is missed."""
    SavedExport.objects.filter(pk=saved.pk).update(
        stopped_at=None, stopped_because="", forms=forms_reached(saved)
    )


def _tell_owner(saved: SavedExport, reason: str) -> None:
    address = reverse("forms_app_savedexport_modeladmin_index")
    queue_mail(
        mail_of(
            to=saved.owner.email,
            subject=_("Your saved export has stopped: %(name)s") % {"name": saved.name},
            text=render_to_string(
                "forms_app/mail/stopped_export.txt",
                {
                    "saved": saved,
                    "list_title": title_of(saved.listing),
                    "reason": reason,
                    "link": f"{settings.WAGTAILADMIN_BASE_URL}{address}",
                },
            ),
        )
    )
