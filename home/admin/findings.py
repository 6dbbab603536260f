"""How a thing that needs attention is told: what it is, why it matters, where to mend it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

from django.db.models import QuerySet
from django.urls import reverse
from wagtail.models import Page

SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class Entry:
    text: str
    url: str = ""
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class Finding:
    title: str
    advice: str
    entries: list[Entry] = field(default_factory=list)
    has_more: bool = False


def pages_finding(
    pages: QuerySet[Page] | Sequence[Page],
    *,
    title: str,
    advice: str,
    note: Callable[[Page], str] | None = None,
) -> Finding | None:
    """Return a finding that leads to the editor of each page, or None where there is no page."""
    found = list(pages[: SHOWN + 1])
    if not found:
        return None
    entries = [
        Entry(
            text=page.get_admin_display_title(),
            url=reverse("wagtailadmin_pages:edit", args=[page.pk]),
            note=note(page) if note else "",
        )
        for page in found[:SHOWN]
    ]
    return Finding(title=title, advice=advice, entries=entries, has_more=len(found) > SHOWN)
