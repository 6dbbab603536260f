"""The list of resources: one page for every combination of choices."""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from resources.catalogue.browsing import Browsing
from resources.catalogue.cards import cards_for
from resources.models import ResourceIndexPage


def describe_list(
    page: ResourceIndexPage, browsing: Browsing, request: HttpRequest
) -> dict[str, Any]:
    address = page.get_full_url(request) or ""
    number = browsing.page_obj.number
    # Each page of the whole list is one for search engines; every other state is
    # a view of it, which they are told not to keep.
    own_page = f"?page={number}" if browsing.is_whole_list and number > 1 else ""
    return {
        "browsing": browsing,
        "resources": cards_for(browsing.page_obj.object_list, request),
        "page_obj": browsing.page_obj,
        "base_query": browsing.query,
        "canonical_url": f"{address}{own_page}",
        "noindex": not browsing.is_whole_list,
        "feed_url": f"{address}feed/",
        "state_title": _state_title(browsing),
    }


def _state_title(browsing: Browsing) -> str:
    """Say in the browser's title what the list is narrowed to, and which page of it this is."""
    parts = [str(link.label) for link in browsing.removals]
    if browsing.page_obj.number > 1:
        parts.append(_("page %(number)d") % {"number": browsing.page_obj.number})
    return ", ".join(parts)
