"""Open resources with a cohort code: uses are counted, nobody is recorded."""

from collections.abc import Iterable

from django.db import transaction
from django.db.models import F, QuerySet
from django.utils import timezone

from resources.catalogue.visibility import public_pages
from resources.models import CohortCode, Grant, ResourcePage
from resources.models.cohort_code import read_code


class CohortCodeError(Exception):
    """A code that opens nothing now: never made, over, used up, revoked, or all is hidden."""


def opened_by(codes: Iterable[CohortCode | None]) -> QuerySet[ResourcePage]:
    """Return what codes open that strangers may see now, the newest first."""
    chosen = CohortCode.resources.through.objects.filter(
        cohortcode__in=[code for code in codes if code]
    )
    visible = ResourcePage.objects.filter(pk__in=public_pages().values("pk"))
    return visible.filter(pk__in=chosen.values("resourcepage")).order_by("-first_published_at")


def find_code(typed: str, held: Iterable[Grant]) -> tuple[CohortCode, Grant | None]:
    """Return a code, and the grant by it among those the visitor holds, if any.

    Raises CohortCodeError when it opens nothing for this visitor now.
    """
    code = CohortCode.objects.live().filter(code=read_code(typed)).first()
    if code is None or not opened_by([code]).exists():
        raise CohortCodeError
    kept = next((grant for grant in held if grant.cohort_code_id == code.pk), None)
    if kept is None and not CohortCode.objects.usable().filter(pk=code.pk).exists():
        raise CohortCodeError
    return code, kept


def open_with_code(*, typed: str, held: Iterable[Grant]) -> Grant:
    """Give the visitor what a code opens, and count the use.

    Whoever already holds a live grant by it gets that one again, which counts nothing.
    Raises CohortCodeError when it opens nothing for this visitor now.
    """
    code, kept = find_code(typed, held)
    if kept is None:
        return _use(code)
    if kept.expires_at != code.expires_at:
        # Staff have moved the code's end since.
        Grant.objects.filter(pk=kept.pk).update(expires_at=code.expires_at)
        kept.expires_at = code.expires_at
    return kept


def _use(code: CohortCode) -> Grant:
    # The condition and the count are one statement, so that no limit is overshot.
    with transaction.atomic():
        if not CohortCode.objects.usable().filter(pk=code.pk).update(uses=F("uses") + 1):
            raise CohortCodeError
        return Grant.objects.create(
            cohort_code=code, resource_title=code.name, expires_at=code.expires_at
        )


def revoke(code: CohortCode) -> bool:
    """Close what a code has opened, at once; say whether it was still open."""
    still = CohortCode.objects.filter(pk=code.pk, revoked_at=None)
    return bool(still.update(revoked_at=timezone.now()))
