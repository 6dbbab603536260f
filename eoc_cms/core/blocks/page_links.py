"""Links to pages that editors have chosen, which may have been withdrawn since."""

from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.blocks.base import Context


def is_visible(page: Page) -> bool:
    """Say whether a stranger can open the page now; expiry holds by the clock."""
    has_expired = page.expire_at is not None and page.expire_at <= timezone.now()
    return page.live and not has_expired


def visible_page_url(page: Page | None, context: Context) -> str:
    """Return the page's address, or an empty text where it is gone or not published."""
    if page is None or not is_visible(page):
        return ""
    return page.get_url(context.get("request")) or ""
