"""Our own cache of pages that are the same for every stranger.

Django's cache middleware stores whatever is not marked otherwise. This one
stores only what a page type has opted into, and answers only requests that
carry neither of our cookies, so nothing personal can get in or out.

They are also the only pages that are compressed: holding nothing of a visitor,
they hold nothing that the length of an answer could betray (BREACH).

Editing anything that shows on pages starts a new generation of keys, so the
next request sees it. A page that is the same with and without access to guides is
shared by holders of the access cookie too. See docs/decisions/0003-page-cache.md.
"""

import hashlib
import time
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.middleware.gzip import GZipMiddleware
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from eoc_cms.core.caching.remembered import MAX_SECONDS, Memory, one_memory
from eoc_cms.core.http import GetResponse, place_asked

SHARED_SECONDS = 1
MAX_ADDRESS_LENGTH = 512
# Where a request says that its answer is kept, for whoever stands before Django.
KEPT = "eoc.kept"


@dataclass(frozen=True, kw_only=True)
class Kept:
    """How long a page may be kept, and by whom it may be shared."""

    generation: str
    # Seconds since 1970.
    until: float
    # Whether it looks different for those who may open a guide.
    depends_on_access: bool

    def may_be_shared(self, *, generation: str, has_access: bool) -> bool:
        return (
            self.generation == generation
            and self.until > time.time()
            and not (has_access and self.depends_on_access)
        )


@dataclass(frozen=True, kw_only=True)
class StoredPage:
    content: bytes
    headers: dict[str, str]
    kept: Kept


def allow_caching(
    response: HttpResponse, *, until: datetime | None = None, depends_on_access: bool = False
) -> None:
    """Mark a response as the same for every stranger, at the most until a moment."""
    seconds = MAX_SECONDS
    if until is not None:
        seconds = min(seconds, int((until - timezone.now()).total_seconds()))
    if response.status_code == 200 and seconds > 0:
        response.page_cache_seconds = seconds  # type: ignore[attr-defined]
        response.depends_on_access = depends_on_access  # type: ignore[attr-defined]


def is_signed_in(request: HttpRequest) -> bool:
    """Say whether a request may be of somebody to whom pages show more."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES or "Authorization" in request.headers


class PageCacheMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response
        self._gzip = GZipMiddleware(get_response)

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with one_memory() as memory:
            if request.method not in {"GET", "HEAD"} or is_signed_in(request):
                return self.get_response(request)
            return self._answer(request, memory)

    def _answer(self, request: HttpRequest, memory: Memory) -> HttpResponse:
        generation = memory.generation
        key = self._key(request, generation)
        stored = cache.get(key) if key else None
        has_access = settings.ACCESS_COOKIE in request.COOKIES
        if isinstance(stored, StoredPage) and stored.kept.may_be_shared(
            generation=generation, has_access=has_access
        ):
            request.META[KEPT] = stored.kept
            response = HttpResponse(stored.content, headers=stored.headers)
            return self._conditional(request, response)
        response = self.get_response(request)
        seconds = getattr(response, "page_cache_seconds", 0)
        if not seconds or response.cookies:
            return response
        self._share(request, response)
        # What the page was made of may have been read a while ago.
        seconds = min(seconds, memory.seconds_left)
        if key and seconds > 0 and request.method == "GET":
            kept = Kept(
                generation=generation,
                until=time.time() + seconds,
                depends_on_access=getattr(response, "depends_on_access", True),
            )
            request.META[KEPT] = kept
            headers = dict(response.items())
            stored = StoredPage(content=response.content, headers=headers, kept=kept)
            cache.set(key, stored, seconds)
        return self._conditional(request, response)

    def _key(self, request: HttpRequest, generation: str) -> str | None:
        address = f"{place_asked(request)}{request.get_full_path()}"
        if not generation or len(address) > MAX_ADDRESS_LENGTH:
            return None
        form = "gzip" if "gzip" in request.headers.get("Accept-Encoding", "") else "plain"
        return f"page-{generation}-{form}-{hashlib.sha256(address.encode()).hexdigest()}"

    def _share(self, request: HttpRequest, response: HttpResponse) -> None:
        # A cache before the site may keep a copy but must ask each time, since
        # only we know when the page changes or what the visitor may see.
        patch_cache_control(response, public=True, no_cache=True)
        patch_vary_headers(response, ["Cookie"])
        # One that is ours to configure, and so leaves out whoever has a cookie of ours, may
        # answer by itself for a moment: a CDN (RFC 9213), or nginx as deploy/nginx.conf has it.
        response["CDN-Cache-Control"] = f"max-age={SHARED_SECONDS}"
        response["X-Accel-Expires"] = str(SHARED_SECONDS)
        response["ETag"] = f'"{hashlib.sha256(response.content).hexdigest()[:32]}"'
        self._gzip.process_response(request, response)

    def _conditional(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        etag = response["ETag"].removeprefix("W/")
        if etag in request.headers.get("If-None-Match", ""):
            not_modified = HttpResponse(status=304)
            for name in ("Cache-Control", "ETag", "Vary"):
                not_modified[name] = response[name]
            return not_modified
        return response
