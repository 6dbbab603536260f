"""Whether what happens in the background does happen: mail, and the worker's regular jobs."""

from django.db.models import Count
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eoc_cms.core.background.jobs import is_worker_alive
from eoc_cms.core.models import JobRun, OutgoingMail
from home.admin.findings import SHOWN, Entry, Finding


def standing_still() -> Finding | None:
    """Return a finding when the background worker has stopped."""
    if is_worker_alive():
        return None
    return Finding(
        title=_("Mail and scheduled publishing are standing still"),
        advice=_(
            "The site's background worker is not running. Nothing is lost: what waits is done "
            "when it runs again. Tell whoever looks after the server."
        ),
    )


def failed_jobs() -> Finding | None:
    """Return a finding when a regular job ended with an error the last time it ran."""
    jobs = list(JobRun.objects.exclude(error="").order_by("name")[: SHOWN + 1])
    if not jobs:
        return None
    return Finding(
        title=_("Regular work that failed"),
        advice=_("It is tried again by itself. If it stays here, tell whoever looks after it."),
        entries=[Entry(text=job.name, note=job.error) for job in jobs[:SHOWN]],
        has_more=len(jobs) > SHOWN,
    )


def undelivered_mail(*, with_addresses: bool) -> Finding | None:
    """Return a finding when mail could not be sent; addresses are for those who may see them."""
    mails = OutgoingMail.objects.undelivered()
    if not mails.exists():
        return None
    counts = mails.aggregate(all=Count("pk"), given_up=Count("given_up_at"))
    if counts["given_up"] == counts["all"]:
        advice = _("The site tried for three days and has given up on them.")
    else:
        advice = _("The site keeps trying for three days. If they stay, the mail server is down.")
    newest = mails.order_by("-created_at")[:SHOWN] if with_addresses else []
    return Finding(
        title=ngettext(
            "%(count)d mail has not been delivered",
            "%(count)d mails have not been delivered",
            counts["all"],
        )
        % {"count": counts["all"]},
        advice=advice,
        entries=[Entry(text=mail.recipient, note=mail.subject) for mail in newest],
        has_more=with_addresses and counts["all"] > SHOWN,
    )
