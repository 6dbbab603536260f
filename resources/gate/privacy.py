"""What this app holds of a person: what was opened for them, and what they fetched."""

from datetime import timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.kept_data import Kept, days
from forms_app.models import Submission
from forms_app.privacy.holders import HeldRow, HeldTable, Holder
from resources.models import Download, Grant

# Longer than the cookie remembers one (access.AFTERWARDS), which says why it opens nothing.
ENDED_GRANT_DAYS = 90


def collect(address: str) -> list[HeldTable]:
    return [_grants(address), _downloads(address)]


def erase(address: str, submissions: QuerySet[Submission]) -> dict[str, int]:
    """Delete what was granted, which closes it at once; downloads stay and name nobody."""
    of_person = Q(person__email=address) | Q(submission__in=submissions)
    grants = Grant.objects.filter(
        pk__in=list(Grant.objects.filter(of_person).values_list("pk", flat=True))
    )
    count = grants.count()
    grants.delete()
    return {"grants": count}


def let_go(submissions: QuerySet[Submission]) -> None:
    """Forget who was granted something; who still comes back with the cookie is nobody."""
    Grant.objects.filter(submission__in=submissions).update(person=None)


def erase_ended_grants() -> int:
    """Delete grants by a form that ended long ago; their downloads stay and name nobody."""
    before = timezone.now() - timedelta(days=ENDED_GRANT_DAYS)
    by_form = Grant.objects.filter(cohort_code=None)
    ended = by_form.filter(Q(expires_at__lt=before) | Q(revoked_at__lt=before))
    count = ended.count()
    ended.delete()
    return count


HOLDER = Holder(collect=collect, erase=erase, let_go=let_go)


def _grants(address: str) -> HeldTable:
    return HeldTable(
        key="grants",
        title=_("What was opened"),
        labels={
            "resource": _("Asked for on"),
            "granted": _("Granted"),
            "until": _("Until"),
            "last_used": _("Last used"),
            "proved": _("Address proved"),
            "revoked": _("Revoked"),
        },
        rows=[
            HeldRow(facts=_grant_facts(grant))
            for grant in Grant.objects.filter(person__email=address).order_by("pk")
        ],
    )


def _grant_facts(grant: Grant) -> dict[str, Any]:
    return {
        "resource": grant.resource_title,
        "granted": grant.created_at,
        "until": grant.expires_at,
        "last_used": grant.last_used_at,
        "proved": grant.confirmed_at,
        "revoked": grant.revoked_at,
    }


def _downloads(address: str) -> HeldTable:
    downloads = Download.objects.filter(grant__person__email=address).order_by("pk")
    return HeldTable(
        key="downloads",
        title=_("Downloads"),
        labels={"resource": _("Resource"), "file": _("File"), "when": _("When")},
        rows=[
            HeldRow(
                facts={
                    "resource": download.resource_title,
                    "file": download.file_title,
                    "when": download.downloaded_at,
                }
            )
            for download in downloads
        ],
    )


def kept() -> list[Kept]:
    return [
        Kept(
            what=_("What was opened for you, and until when"),
            why=_("So that you need not fill in the form again."),
            how_long=_("%(time)s after it has ended; without your name once the answer is erased.")
            % {"time": days(ENDED_GRANT_DAYS)},
        ),
        Kept(
            what=_("Which files were delivered, and when"),
            why=_("To count downloads."),
            how_long=_("Always; it names nobody once what was opened for you is erased."),
        ),
    ]
