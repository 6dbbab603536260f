"""What the site may answer to a stranger, and what it may not."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _
from wagtail.models import Site

from resources.lock_check.stranger import Answer, Stranger
from resources.lock_check.target import Target

# A condition that is answered tells of the file before the right to it was asked for.
TELLING = {304, 412, 416}
DELIVERING = {"content-disposition", "x-accel-redirect", "x-sendfile"}

# One that is taken away is set to nothing.
GIVEN_COOKIE = re.compile(rf"\b{re.escape(settings.ACCESS_COOKIE)}=(?!\"\"|;)")


@dataclass(frozen=True)
class Ask:
    path: str
    method: str = "GET"
    headers: Mapping[str, str] = field(default_factory=dict)

    @property
    def sent(self) -> str:
        return " ".join([self.path, *self.headers.values()])

    def __str__(self) -> str:
        return self.path if self.method == "GET" else f"{self.method} {self.path}"


def trouble_where_refused(target: Target, stranger: Stranger, asks: Iterable[Ask]) -> str:
    """Send requests to where only a refusal is right; say what is wrong, or nothing."""
    for ask in asks:
        answer = stranger.ask(ask.method, ask.path, ask.headers)
        if trouble := _betrayal(target, ask, answer) or _opening(ask, answer):
            return trouble
    return ""


def trouble_where_shown(target: Target, stranger: Stranger, asks: Iterable[Ask]) -> str:
    """Send requests to where a page may show, without a trace of the file; say what is wrong."""
    for ask in asks:
        answer = stranger.ask(ask.method, ask.path, ask.headers)
        if trouble := _betrayal(target, ask, answer) or _failure(ask, answer):
            return trouble
    return ""


def _betrayal(target: Target, ask: Ask, answer: Answer) -> str:
    leak = target.leak_in(answer, asked=ask.sent)
    if not leak:
        return ""
    return _("“%(ask)s” gives a stranger %(what)s.") % {"ask": ask, "what": leak}


def _opening(ask: Ask, answer: Answer) -> str:
    if answer.status < 300 or answer.status in TELLING or DELIVERING & set(answer.headers):
        return _("“%(ask)s” answers a stranger (status %(status)d) where it should refuse.") % {
            "ask": ask,
            "status": answer.status,
        }
    if GIVEN_COOKIE.search(answer.headers.get("set-cookie", "")):
        return _("“%(ask)s” gives a stranger the cookie of a visitor.") % {"ask": ask}
    if answer.status < 400 and not leads_to_this_site(answer):
        return _("“%(ask)s” sends a stranger on to another site.") % {"ask": ask}
    return _failure(ask, answer)


def _failure(ask: Ask, answer: Answer) -> str:
    if answer.status < 500:
        return ""
    return _("“%(ask)s” ends in an error (status %(status)d), so nobody can be sure of it.") % {
        "ask": ask,
        "status": answer.status,
    }


def leads_to_this_site(answer: Answer) -> bool:
    """Say whether a redirect stays here; one to the storage's own address would not."""
    host = urlsplit(answer.headers.get("location", "")).hostname
    own = {urlsplit(settings.WAGTAILADMIN_BASE_URL).hostname}
    return host is None or host in own | set(Site.objects.values_list("hostname", flat=True))
