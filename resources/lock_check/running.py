"""One walk at a time for each resource, asked for by staff and made by the worker.

A walk sends the site a hundred requests. Made within a request, it held one of the server's
threads while it asked the same server, and ten of them left none for visitors.
"""

import logging
import time
from dataclasses import asdict

from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eoc_cms.core.background import jobs
from resources.lock_check.findings import Finding
from resources.lock_check.stranger import SiteUnreachableError
from resources.lock_check.walk import Report, check_resource
from resources.models import LockCheck, ResourcePage

logger = logging.getLogger(__name__)

State = LockCheck.State
JOB = "walk_locks"
SECONDS_BETWEEN_LOOKS = 1


def ask_for_walk(resource: ResourcePage) -> LockCheck:
    """Ask the worker for a walk; one that waits already or is under way serves for this too."""
    check, __ = LockCheck.objects.get_or_create(resource_id=resource.pk)
    if not check.is_under_way:
        check.state, check.asked_at, check.done = State.WAITING, timezone.now(), 0
        check.language = translation.get_language() or ""
        check.save()
    return check


def walk_waiting() -> None:
    """Make the walks that are asked for, one after the other; for the worker."""
    while check := LockCheck.objects.filter(state=State.WAITING).order_by("asked_at").first():
        _walk_if_first(check)


def start_waiting_walks() -> None:
    """Start what is asked for beside the worker's other work, which must not wait for it."""
    if LockCheck.objects.filter(state=State.WAITING).exists():
        jobs.run_beside(JOB, walk_waiting)


def walk_now(resource: ResourcePage) -> Report:
    """Make a walk in this process, or wait for the one that is under way; return what it found.

    Raises SiteUnreachableError.
    """
    check = ask_for_walk(resource)
    while check.is_under_way:
        if not _walk_if_first(check):
            time.sleep(SECONDS_BETWEEN_LOOKS)
        check.refresh_from_db()
    if check.error:
        raise SiteUnreachableError(check.error)
    return Report(resource, tuple(Finding(**found) for found in check.findings), check.note)


def _walk_if_first(check: LockCheck) -> bool:
    """Walk, unless somebody else has begun; one statement decides between the two."""
    waiting = LockCheck.objects.filter(pk=check.pk, state=State.WAITING)
    if not waiting.update(state=State.WALKING, started_at=timezone.now(), done=0, total=0):
        return False
    with translation.override(check.language or None):
        found = _found(check)
    LockCheck.objects.filter(pk=check.pk).update(
        state=State.RESTING, ended_at=timezone.now(), **found
    )
    return True


def _found(check: LockCheck) -> dict[str, object]:
    def tell(done: int, total: int) -> None:
        LockCheck.objects.filter(pk=check.pk).update(done=done, total=total)

    try:
        report = check_resource(ResourcePage.objects.get(pk=check.resource_id), tell=tell)
    except SiteUnreachableError as error:
        return {"findings": [], "note": "", "error": str(error)}
    except Exception:
        # Whoever waits must hear of it; what it was is in the log.
        logger.exception("The walk over resource %s broke off", check.resource_id)
        sentence = _("The check broke off. Ask the person who runs the site to look at the log.")
        return {"findings": [], "note": "", "error": sentence}
    findings = [asdict(finding) for finding in report.findings]
    return {"findings": findings, "note": report.note, "error": ""}
