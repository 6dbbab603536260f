"""A shared cache before the site that stores all that RFC 9111 lets it store.

It is as bold as a cache may be: it guesses a life for answers that state none, keeps
answers that set cookies, and asks with every copy it has. One that is told not to heed
`Vary: Cookie`, as some are in the field, is bolder than the standard allows.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urljoin, urlsplit

# RFC 9110, 15.1: statuses that may be kept without being told so.
KEPT_UNTOLD = {200, 203, 204, 300, 301, 308, 404, 405, 410, 414, 501}
GUESSED_SECONDS = 3600
SAFE = {"GET", "HEAD", "OPTIONS", "TRACE"}


@dataclass(frozen=True)
class Answer:
    status: int
    headers: Mapping[str, str]  # the names in small letters
    body: bytes
    cookies: tuple[str, ...] = ()  # each as its Set-Cookie header has it
    is_from_cache: bool = False

    @property
    def text(self) -> str:
        return self.body.decode(errors="replace")

    @property
    def orders(self) -> dict[str, str]:
        """What Cache-Control says, each directive with its value."""
        parts = (part.strip().partition("=") for part in self._header("cache-control").split(","))
        return {name.lower(): value.strip('"') for name, _equals, value in parts if name}

    @property
    def varies_on(self) -> tuple[str, ...]:
        names = (name.strip().lower() for name in self._header("vary").split(","))
        return tuple(name for name in names if name)

    def moment(self, name: str) -> datetime | None:
        try:
            return parsedate_to_datetime(self._header(name))
        except ValueError:
            return None

    def _header(self, name: str) -> str:
        return self.headers.get(name, "")


Headers = Mapping[str, str]
Origin = Callable[[str, str, Headers, str], Answer]


@dataclass
class Copy:
    answer: Answer
    asked_with: Headers
    stored_at: float

    def fits(self, headers: Headers, *, heeds_cookies: bool) -> bool:
        names = set(self.answer.varies_on) - (set() if heeds_cookies else {"cookie"})
        return "*" not in names and all(
            self.asked_with.get(name) == headers.get(name) for name in names
        )

    def is_fresh(self, now: float) -> bool:
        return "no-cache" not in self.answer.orders and now - self.stored_at < life(self.answer)


def life(answer: Answer) -> float:
    """Return for how many seconds an answer is fresh in a shared cache (RFC 9111, 4.2.1)."""
    for order in ("s-maxage", "max-age"):
        if order in answer.orders:
            seconds = answer.orders[order]
            return int(seconds) if seconds.isdigit() else 0
    if "expires" in answer.headers:
        ends, made = answer.moment("expires"), answer.moment("date")
        return (ends - made).total_seconds() if ends and made else 0
    return GUESSED_SECONDS


def may_keep(method: str, headers: Headers, answer: Answer) -> bool:
    """Say whether a shared cache may store an answer (RFC 9111, 3 and 3.5)."""
    orders = answer.orders
    if method != "GET" or {"no-store", "private"} & set(orders) or answer.status in {206, 304}:
        return False
    if "no-store" in headers.get("cache-control", ""):
        return False
    if "authorization" in headers and not {"public", "s-maxage", "must-revalidate"} & set(orders):
        return False
    is_told = {"public", "max-age", "s-maxage"} & set(orders) or "expires" in answer.headers
    return bool(is_told) or answer.status in KEPT_UNTOLD


@dataclass
class SharedCache:
    origin: Origin
    now: Callable[[], float]
    heeds_cookies: bool = True
    copies: dict[str, list[Copy]] = field(default_factory=dict)

    def send(self, method: str, address: str, headers: Headers, body: str = "") -> Answer:
        """Answer from a copy where that is allowed, else hand the request on."""
        headers = {name.lower(): value for name, value in headers.items()}
        if method not in {"GET", "HEAD"} or "range" in headers:
            answer = self.origin(method, address, headers, body)
            self._forget_what_changed(method, address, answer)
            return answer
        kept = self._fitting(address, headers)
        if (
            kept
            and kept.is_fresh(self.now())
            and "no-cache" not in headers.get("cache-control", "")
        ):
            return self._from(kept, method, headers)
        return self._ask(method, address, headers)

    def _ask(self, method: str, address: str, headers: Headers) -> Answer:
        asked = dict(headers)
        if tags := self._tags(address):
            asked["if-none-match"] = ", ".join(
                [*tags, *filter(None, [headers.get("if-none-match")])]
            )
        answer = self.origin(method, address, asked, "")
        known = self._with_tag(address, answer.headers.get("etag"))
        if answer.status == 304 and known:
            renewed = replace(known.answer, headers={**known.answer.headers, **answer.headers})
            self._keep(address, headers, renewed)
            return self._from(Copy(renewed, headers, self.now()), method, headers)
        if may_keep(method, headers, answer):
            self._keep(address, headers, answer)
        return answer

    def _from(self, kept: Copy, method: str, headers: Headers) -> Answer:
        answer = replace(kept.answer, is_from_cache=True)
        tag = answer.headers.get("etag", "")
        if tag and tag in headers.get("if-none-match", ""):
            return replace(answer, status=304, body=b"")
        return replace(answer, body=b"") if method == "HEAD" else answer

    def _fitting(self, address: str, headers: Headers) -> Copy | None:
        found = self.copies.get(address, [])
        fits = (kept for kept in found if kept.fits(headers, heeds_cookies=self.heeds_cookies))
        return next(fits, None)

    def _keep(self, address: str, headers: Headers, answer: Answer) -> None:
        others = [
            kept
            for kept in self.copies.get(address, [])
            if not kept.fits(headers, heeds_cookies=self.heeds_cookies)
        ]
        self.copies[address] = [Copy(answer, headers, self.now()), *others]

    def _tags(self, address: str) -> list[str]:
        """The tags of all copies, also of those made for another kind of visitor (4.3.1)."""
        tags = (kept.answer.headers.get("etag") for kept in self.copies.get(address, []))
        return list(dict.fromkeys(tag for tag in tags if tag))

    def _with_tag(self, address: str, tag: str | None) -> Copy | None:
        found = self.copies.get(address, [])
        return next((kept for kept in found if kept.answer.headers.get("etag") == tag), None)

    def _forget_what_changed(self, method: str, address: str, answer: Answer) -> None:
        """What was written to is not as it was (RFC 9111, 4.4)."""
        if method in SAFE or answer.status >= 400:
            return
        for name in ("location", "content-location"):
            self.copies.pop(_path(urljoin(address, answer.headers.get(name, address))), None)
        self.copies.pop(address, None)


def _path(address: str) -> str:
    parts = urlsplit(address)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path
