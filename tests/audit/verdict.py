"""What the site promises of its pages, and how a page's measurements are shown against it."""

from collections.abc import Iterable
from typing import Any

from tests.audit.pages import HOME, Page

# Lighthouse's mobile preset: the least each score may be.
SCORES = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}

# The most that the first view of the home page may transfer, in bytes.
FIRST_VIEW = 100_000  # all but images
SCRIPT_AND_STYLE = 40_000

HEADER = (
    f"{'Page':<46} {'HTML':>6}{'axe':>5}{'Perf.':>7}{'Access.':>9}{'Best pr.':>10}{'SEO':>5}"
    f"{'kB':>8}{'of it JS+CSS':>14}"
)

Measured = dict[str, Any]


def row(page: Page, measured: Measured) -> str:
    """Give the page's line of the table."""
    scores = [round(measured["scores"][category]) for category in SCORES]
    all_bytes, code_bytes = first_view(measured["requests"])
    return (
        f"{page.name:<46} {len(measured['html']):>6}{len(measured['axe']):>5}"
        f"{scores[0]:>7}{scores[1]:>9}{scores[2]:>10}{scores[3]:>5}"
        f"{all_bytes / 1000:>8.1f}{code_bytes / 1000:>14.1f}"
    )


def broken_promises(page: Page, measured: Measured, *, site: str) -> list[str]:
    """Say in one sentence each what is wrong with the page; nothing when all is well."""
    return [
        *_wrong_state(page, measured),
        *(f"HTML: {error}" for error in measured["html"]),
        *(f"axe: {violation}" for violation in measured["axe"]),
        *_low_scores(measured),
        *_other_hosts(measured, site),
        *(_heavy_view(measured) if page.path == HOME else []),
    ]


def first_view(requests: Iterable[Measured]) -> tuple[int, int]:
    """Add up what was transferred: all but images, and of that scripts and styles."""
    counted = [request for request in requests if not request["mime"].startswith("image/")]
    code = [request for request in counted if request["kind"] in {"Script", "Stylesheet"}]
    return sum(each["bytes"] for each in counted), sum(each["bytes"] for each in code)


def _wrong_state(page: Page, measured: Measured) -> list[str]:
    if measured["status"] != page.status:
        return [f"It answered {measured['status']} instead of {page.status}."]
    if not measured["is_reached"]:
        return [f"It does not hold what this state should: {page.holds}"]
    return []


def _low_scores(measured: Measured) -> list[str]:
    low = []
    for category, least in SCORES.items():
        score = measured["scores"][category]
        if round(score) < least:
            low.append(f"Lighthouse: {category} is {score:.0f}, less than {least}.")
            low += [
                f"  {shortfall['text']}"
                for shortfall in measured["shortfalls"]
                if shortfall["category"] == category
            ]
    return low


def _other_hosts(measured: Measured, site: str) -> list[str]:
    own = (f"{site}/", "data:", "blob:")
    addresses = [request["url"] for request in measured["requests"]]
    return [
        f"It asks another host: {address}" for address in addresses if not address.startswith(own)
    ]


def _heavy_view(measured: Measured) -> list[str]:
    amounts = first_view(measured["requests"])
    limits = {"without images": FIRST_VIEW, "of scripts and styles": SCRIPT_AND_STYLE}
    return [
        f"The first view is {amount:,} bytes {what}, more than {limit:,}."
        for amount, (what, limit) in zip(amounts, limits.items(), strict=True)
        if amount > limit
    ]
