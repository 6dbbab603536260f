"""Answer with a kept page before Django is entered at all.

Each process holds the pages that it has just sent to strangers, as they went out, and asks
of each request only what such a page depends on: its address, whether it may come
compressed, and the generation. All else goes to Django, whose page cache fills this one.
"""

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from django.conf import settings

from eoc_cms.core.caching.generation import current
from eoc_cms.core.caching.page_cache import KEPT, Kept

MOST_BYTES = 32 * 1024 * 1024
# What a 304 repeats (RFC 9110 §15.4.5).
KNOWN_BY = {"cache-control", "etag", "expires", "vary"}
SCHEMES = {"", "http", "https"}

Headers = list[tuple[str, str]]
Key = tuple[str, ...]


@dataclass(frozen=True, kw_only=True)
class SentPage:
    """A page as it went out."""

    kept: Kept
    headers: Headers
    body: bytes
    etag: str

    def answer(self, environ: WSGIEnvironment, start_response: StartResponse) -> list[bytes]:
        if self.etag in environ.get("HTTP_IF_NONE_MATCH", ""):
            known_by = [pair for pair in self.headers if pair[0].lower() in KNOWN_BY]
            start_response("304 Not Modified", known_by)
            return []
        start_response("200 OK", list(self.headers))
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [self.body]


class PagesInMemory:
    """A WSGI application before Django's."""

    def __init__(self, application: WSGIApplication) -> None:
        self.application = application
        self._pages: dict[Key, SentPage] = {}
        self._bytes = 0
        self._lock = threading.Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        stand_at_root(environ)
        key = key_of(environ)
        if key is None:
            return self.application(environ, start_response)
        page = self._pages.get(key)
        has_access = settings.ACCESS_COOKIE in environ.get("HTTP_COOKIE", "")
        if page and page.kept.may_be_shared(generation=current(), has_access=has_access):
            return page.answer(environ, start_response)
        return self._ask(key, environ, start_response)

    def _ask(
        self, key: Key, environ: WSGIEnvironment, start_response: StartResponse
    ) -> Iterable[bytes]:
        told: list[Any] = []

        def begin(status: str, headers: Headers, *rest: Any) -> Any:
            told[:] = [status, headers]
            return start_response(status, headers, *rest)

        body = self.application(environ, begin)
        kept: Kept | None = environ.get(KEPT)
        if kept and environ["REQUEST_METHOD"] == "GET" and told[0].startswith("200 "):
            # Django's answer can be read more than once.
            self._keep(key, kept, told[1], b"".join(body))
        return body

    def _keep(self, key: Key, kept: Kept, headers: Headers, body: bytes) -> None:
        etags = [value for name, value in headers if name.lower() == "etag"]
        if not etags or any(name.lower() == "set-cookie" for name, _value in headers):
            return
        page = SentPage(
            kept=kept, headers=list(headers), body=body, etag=etags[0].removeprefix("W/")
        )
        with self._lock:
            self._drop(key)
            self._pages[key] = page
            self._bytes += len(body)
            while self._bytes > MOST_BYTES:
                self._drop(next(iter(self._pages)))

    def _drop(self, key: Key) -> None:
        if page := self._pages.pop(key, None):
            self._bytes -= len(page.body)


def stand_at_root(environ: WSGIEnvironment) -> None:
    """Undo what a header may have said: gunicorn takes a part of the address for a prefix."""
    if prefix := environ.get("SCRIPT_NAME"):
        environ["PATH_INFO"] = prefix + environ.get("PATH_INFO", "")
        environ["SCRIPT_NAME"] = ""


def key_of(environ: Mapping[str, Any]) -> Key | None:
    """Return all that a kept page depends on; None where the answer may be somebody's own."""
    cookies = environ.get("HTTP_COOKIE", "")
    scheme = environ.get("HTTP_X_FORWARDED_PROTO", "")
    if (
        environ["REQUEST_METHOD"] not in {"GET", "HEAD"}
        or settings.SESSION_COOKIE_NAME in cookies
        or "HTTP_AUTHORIZATION" in environ
        or scheme not in SCHEMES
    ):
        return None
    return (
        environ["wsgi.url_scheme"],
        scheme,
        environ.get("HTTP_HOST", ""),
        environ.get("SERVER_PORT", ""),
        environ.get("PATH_INFO", ""),
        environ.get("QUERY_STRING", ""),
        "gzip" if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", "") else "plain",
    )
