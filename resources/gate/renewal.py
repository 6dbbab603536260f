"""Keep a grant alive by use: whoever comes back does not fill in the form again."""

import logging
from datetime import timedelta

from django.db import DatabaseError
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from resources.gate.access import keys_in_cookie, remember
from resources.models import Grant, ResourcePage

logger = logging.getLogger(__name__)

DAY = timedelta(days=1)


def note_use(
    request: HttpRequest, response: HttpResponseBase, grant: Grant, resource: ResourcePage
) -> None:
    """Move the end of a grant that has just opened something, and the cookie's with it.

    A page shown unlocked and a file delivered, also by sending the visitor on to the
    storage (303), are uses; HEAD and a conditional request that is answered 304 are none.
    """
    if request.method != "GET" or response.status_code not in {200, 206, 303}:
        return
    # What a cohort code gave ends with the code.
    form = None if grant.cohort_code_id else resource.gate_form
    if form is None or not renew(grant, days=form.grant_days):
        return
    if grant.key in keys_in_cookie(request):
        remember(request, response, [grant])


def renew(grant: Grant, *, days: int) -> bool:
    """Let a grant live for `days` from now; say whether that was written.

    Written only where it gains a day, so at most once a day however often the
    grant is used. A grant of a day or two is written once it has lived half.
    An end is never moved nearer, nor that of a grant revoked in the meantime.
    """
    now = timezone.now()
    life = timedelta(days=days)
    if now + life - grant.expires_at < min(DAY, life / 2):
        return False
    still_live = Grant.objects.live().filter(pk=grant.pk)
    try:
        written = still_live.update(expires_at=now + life, last_used_at=now)
    except DatabaseError as error:
        # Coming back must work while the database can only be read.
        logger.warning("A grant could not be renewed: %s", type(error).__name__)
        return False
    grant.expires_at = now + life
    return bool(written)
