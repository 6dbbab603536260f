"""The pages and states that `make audit` looks at."""

import http.client
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any
from urllib.parse import urlsplit

HOME = "/"
GUIDE = "/resources/empowering-equity-officers/"
FIXED = [
    HOME,
    "/collective/",
    "/resources/",
    GUIDE,
    "/resources/roadmap-for-the-first-few-years/",
    "/resources/atlanta-convening/",
    "/contact/",
    "/search/",
    "/privacy/",
    "/accessibility/",
]

# What Lighthouse must not ask of a page, with the reason.
KEPT_FROM_SEARCH_ENGINES = {"is-crawlable": "robots are told to leave it out, on purpose"}
NOT_FOUND = {
    **KEPT_FROM_SEARCH_ENGINES,
    "meta-description": "no search engine will show it in a list",
    "http-status-code": "404 is the right answer here",
    "errors-in-console": "the browser writes that same 404 to its console",
}


@dataclass(frozen=True, kw_only=True)
class Page:
    """A page, or the state of it that `answers` to its form lead to."""

    path: str
    name: str
    answers: Mapping[str, str] | None = None
    holds: str = ""  # a CSS selector of what only this state shows
    status: int = 200
    skipped: Mapping[str, str] = field(default_factory=dict)

    def as_order(self) -> dict[str, Any]:
        """Give what measure.mjs needs to know of it."""
        wanted = asdict(self)
        order = {name: wanted[name] for name in ("path", "answers", "holds")}
        return {**order, "skipped_audits": list(self.skipped)}


STATES = [
    Page(
        path="/search/?q=equity",
        name="search with results",
        holds="main mark",
        skipped=KEPT_FROM_SEARCH_ENGINES,
    ),
    Page(
        path=GUIDE,
        name="guide, form with errors",
        answers={"work_email": "nobody"},
        holds="[data-error-summary]",
    ),
    Page(
        path=GUIDE,
        name="guide, unlocked",
        answers={"work_email": "audit@example.org", "role": "Other leader"},
        holds="a[href*='/download/']",
        skipped=KEPT_FROM_SEARCH_ENGINES,
    ),
    Page(
        path="/there-is-no-such-page/",
        name="page not found",
        status=404,
        skipped=NOT_FOUND,
    ),
]


def all_pages(site: str) -> list[Page]:
    """Give the pages with fixed names, all others that the site lists, and the states."""
    paths = dict.fromkeys([*FIXED, *_listed_paths(site)])
    return [*(Page(path=path, name=path) for path in paths), *STATES]


def _listed_paths(site: str) -> list[str]:
    # Not urllib's opener: it would ask a proxy that the environment names.
    connection = http.client.HTTPConnection(urlsplit(site).netloc, timeout=30)
    try:
        connection.request("GET", "/sitemap.xml")
        sitemap = connection.getresponse().read().decode()
    finally:
        connection.close()
    return [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", sitemap)]
