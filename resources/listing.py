"""Which resources a stranger may see."""

from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.models import Page


def not_expired(pages: QuerySet[Page]) -> QuerySet[Page]:
    """Leave out what has expired by the clock, also before the worker unpublishes it."""
    return pages.filter(Q(expire_at=None) | Q(expire_at__gt=timezone.now()))


def visible_pages() -> QuerySet[Page]:
    return not_expired(Page.objects.live().public())


def visible_resources(*, under: Page | None = None) -> list[Page]:
    """Return live, public resources and videos as themselves, the newest first."""
    pages = visible_pages().filter(
        content_type__app_label="resources", content_type__model__in=["resourcepage", "videopage"]
    )
    if under is not None:
        pages = pages.child_of(under)  # type: ignore[attr-defined]
    return list(pages.order_by("-first_published_at", "-pk").specific())  # type: ignore[attr-defined]
