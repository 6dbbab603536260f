"""Who is asking: the access cookie, and nothing else about the visitor.

The cookie holds the keys of grants, signed. Whatever is wrong with one, forged,
cut off, from another site, of an erased person, it is the same as no cookie.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.core import signing
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from forms_app.models import FormPage
from resources.models import CohortCode, Grant, ResourcePage

COOKIE_SALT = "eoc.access-cookie"
LINK_SALT = "eoc.access-link"
PASS_SALT = "eoc.access-pass"  # noqa: S105
PASS_PARAMETER = "pass"  # noqa: S105
# Long enough to read the page and press the button; the pass is for browsers
# that keep no cookie, and stands in an address.
PASS_SECONDS = 30 * 60
# The cookie outlives its grants a little, so that the page can say they have ended.
AFTERWARDS = timedelta(days=30)
MAX_GRANTS = 20
MAX_TOKEN_LENGTH = 4096


@dataclass(frozen=True)
class Access:
    """The live grants that a request carries."""

    grants: list[Grant] = field(default_factory=list)
    from_pass: str = ""

    def grant_for(self, resource: ResourcePage) -> Grant | None:
        """Return a grant that opens a resource, or None."""
        for grant in self.grants:
            if resource.pk in grant.resources_of_code:
                return grant
        form = resource.gate_form
        if form is None:
            return None
        for grant in self.grants:
            fits = grant.resource_id_granted in (None, resource.pk)
            if grant.form_key == form.key and fits:
                return grant
        return None

    def opens(self) -> Q:
        """Return the condition on resources under which `grant_for` finds a grant."""
        codes = [grant.cohort_code_id for grant in self.grants if grant.cohort_code_id]
        by_code = CohortCode.resources.through.objects.filter(cohortcode__in=codes)
        opened = Q(pk__in=by_code.values("resourcepage"))
        for form_key in {grant.form_key for grant in self.grants if grant.form_key}:
            opened |= self._opened_by(form_key)
        return opened

    def _opened_by(self, form_key: UUID) -> Q:
        only = {grant.resource_id_granted for grant in self.grants if grant.form_key == form_key}
        behind = Q(gate_form__in=FormPage.pages_of(form_key))
        return behind if None in only else behind & Q(pk__in=only)


def carries_access(request: HttpRequest) -> bool:
    return settings.ACCESS_COOKIE in request.COOKIES or PASS_PARAMETER in request.GET


def access_of(request: HttpRequest) -> Access:
    """Return what the cookie, or the pass in the address, opens now."""
    token = request.GET.get(PASS_PARAMETER, "")
    passed = read_token(token, salt=PASS_SALT, max_age=PASS_SECONDS) if token else []
    keys = [*keys_in_cookie(request), *passed]
    if not keys:
        return Access()
    grants = Grant.objects.live().with_keys(keys).order_by("-created_at")
    return Access(grants=list(grants), from_pass=token if passed else "")


def keys_in_cookie(request: HttpRequest) -> list[str]:
    cookie = request.COOKIES.get(settings.ACCESS_COOKIE, "")
    return read_token(cookie, salt=COOKIE_SALT, max_age=None) if cookie else []


def read_token(token: str, *, salt: str, max_age: int | None) -> list[str]:
    """Return the grant keys of a signed token; an unusable token holds none."""
    if len(token) > MAX_TOKEN_LENGTH:
        return []
    try:
        keys = signing.loads(token, salt=salt, max_age=max_age)
    except (signing.BadSignature, ValueError):
        return []
    return [key for key in keys if isinstance(key, str)] if isinstance(keys, list) else []


def ended_grant(request: HttpRequest, resource: ResourcePage) -> Grant | None:
    """Return a grant of the cookie that opened a resource once and does so no more."""
    keys = keys_in_cookie(request)
    if not keys:
        return None
    ended = Grant.objects.with_keys(keys).ended()
    by_code = ended.filter(cohort_code__resources=resource.pk)
    if resource.gate_form is None:
        return by_code.first()
    form_key = resource.gate_form.key
    by_form = ended.opening(form_key=form_key, resource_id=resource.pk)
    return by_form.first() or by_code.first()


def remember(request: HttpRequest, response: HttpResponseBase, grants: Iterable[Grant]) -> None:
    """Add grants to the cookie, the newest first, and keep it until the last of all ends."""
    ends = {grant.key: grant.expires_at for grant in grants}
    if kept := [key for key in keys_in_cookie(request) if key not in ends]:
        known = dict(Grant.objects.with_keys(kept).values_list("key", "expires_at"))
        ends |= {key: known[key] for key in kept if key in known}
    keys = list(ends)[:MAX_GRANTS]
    last_end = max((ends[key] for key in keys), default=None)
    response.set_cookie(
        settings.ACCESS_COOKIE,
        signing.dumps(keys, salt=COOKIE_SALT),
        expires=last_end + AFTERWARDS if last_end else None,
        httponly=True,
        secure=settings.IS_HTTPS,
        samesite="Lax",
    )


def forget(response: HttpResponse) -> None:
    response.delete_cookie(settings.ACCESS_COOKIE, samesite="Lax")


def make_pass(grant: Grant) -> str:
    return signing.dumps([grant.key], salt=PASS_SALT)
