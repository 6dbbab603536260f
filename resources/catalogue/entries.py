"""What stands in a list of resources, as conditions on pages and as the few that are shown.

The database narrows, counts and orders pages by their keys; only those of one page of the
list are read as a whole, so a list costs the same however long it is.
"""

from collections.abc import Iterable
from datetime import datetime

from django.db.models import Min, Q
from django.utils import timezone
from wagtail.models import Page

from resources.catalogue.visibility import is_shown, next_expiry, visible_pages
from resources.models import ResourcePage, VideoPage

SHARED_LONG_TEXTS = ("body",)
LONG_TEXTS = {
    ResourcePage: (*SHARED_LONG_TEXTS, "whats_inside", "excerpt"),
    VideoPage: (*SHARED_LONG_TEXTS, "transcript"),
}
Listed = ResourcePage | VideoPage
NOTHING = Q(pk__in=[])
EVERYTHING = Q()


def stands_under(page: Page) -> Q:
    """Return the condition on pages that a stranger sees them in this list."""
    if page.pk is None:  # a list that is previewed before it is first saved
        return NOTHING
    pages = Page.objects.all()
    return is_shown() & pages.child_of_q(page) & pages.type_q(ResourcePage, VideoPage)


def load(keys: Iterable[int], *, only: Q = EVERYTHING) -> list[Listed]:
    """Return the resources and videos with these keys, in their order, without long texts."""
    keys = list(keys)
    found = {
        page.pk: page
        for model, texts in LONG_TEXTS.items()
        for page in model.objects.filter(only, pk__in=keys).defer(*texts)
    }
    return [found[key] for key in keys if key in found]


def newest_guides(limit: int) -> list[ResourcePage]:
    visible = visible_pages().values("pk")
    guides = ResourcePage.objects.filter(pk__in=visible).defer(*SHARED_LONG_TEXTS)
    return list(guides.order_by("-first_published_at", "-pk")[:limit])


def is_gated() -> Q:
    """Return `ResourcePage.is_gated` as a condition on resources."""
    mode = ResourcePage.GateMode
    is_over = Q(gate_mode=mode.FORM_UNTIL, gate_until__lte=timezone.now())
    return ~Q(gate_mode=mode.OPEN) & ~is_over


def next_change_among(pages: Q) -> datetime | None:
    """Return until when none of these pages expires or opens by itself."""
    now = timezone.now()
    opening = ResourcePage.objects.filter(
        gate_mode=ResourcePage.GateMode.FORM_UNTIL,
        gate_until__gt=now,
        pk__in=Page.objects.filter(pages).values("pk"),
    )
    opens = opening.aggregate(at=Min("gate_until"))["at"]
    # The first expiry of all pages is never too late, and quicker to find than that of these.
    return min((moment for moment in (next_expiry(), opens) if moment), default=None)
