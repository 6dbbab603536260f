"""Every resource that a stranger may see, as the list and the feed need it.

All of them are read at once, without their long texts, and narrowed, counted and
ordered in Python: the rules (what is gated, which formats, how long) stand once,
on the page types, and both databases sort titles the same way.
"""

from collections.abc import Iterable
from datetime import datetime

from wagtail.models import Page

from resources.catalogue.visibility import public_pages, visible_pages
from resources.models import ResourcePage, VideoPage

SHARED_LONG_TEXTS = ("body",)
Listed = ResourcePage | VideoPage


def load_catalogue(*, under: Page) -> list[Listed]:
    """Return what stands under a list, the newest first; the queries do not grow with it."""
    if under.pk is None:  # a list that is previewed before it is first saved
        return []
    visible = public_pages().child_of(under).values("pk")
    resources = (
        ResourcePage.objects.filter(pk__in=visible)
        .defer(*SHARED_LONG_TEXTS, "whats_inside", "excerpt")
        .prefetch_related("topics", "audiences", "files__document")
    )
    videos = (
        VideoPage.objects.filter(pk__in=visible)
        .defer(*SHARED_LONG_TEXTS, "transcript")
        .select_related("video_file")
        .prefetch_related("topics", "audiences")
    )
    return sorted([*resources, *videos], key=newest_first)


def newest_guides(limit: int) -> list[ResourcePage]:
    visible = visible_pages().values("pk")
    guides = ResourcePage.objects.filter(pk__in=visible).defer(*SHARED_LONG_TEXTS)
    return list(guides.order_by("-first_published_at", "-pk")[:limit])


def newest_first(page: Listed) -> tuple[float, int]:
    moment = page.first_published_at
    return (-moment.timestamp() if moment else 0.0, -page.pk)


def next_change_among(pages: Iterable[Listed]) -> datetime | None:
    """Return when one of these pages expires or opens by itself."""
    return min((moment for page in pages if (moment := page.own_change_at())), default=None)
