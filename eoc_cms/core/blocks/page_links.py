"""Links to pages that editors have chosen, which may have been withdrawn since."""

from typing import Any

from django.utils import timezone

from eoc_cms.core.blocks.base import Context


def is_visible(page: Any) -> bool:
    """Say whether a stranger can open the page now; expiry holds by the clock."""
    has_expired = bool(page and page.expire_at and page.expire_at <= timezone.now())
    return bool(page and page.live and not has_expired)


def visible_page_url(page: Any, context: Context) -> str:
    """Return the page's address, or an empty text where it is gone or not published."""
    return (page.get_url(context.get("request")) or "") if is_visible(page) else ""
