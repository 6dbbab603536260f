"""The list of resources: one page for every combination of choices, and its feed."""

from datetime import datetime

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.pages.view import PageView, earliest
from resources.catalogue.browsing import Browsing
from resources.catalogue.cards import cards_for
from resources.catalogue.feed import ResourceFeed, newest_under
from resources.catalogue.survey import survey_of
from resources.models.index_page import FEED, ResourceIndexPage


class ResourceIndexPageView(PageView[ResourceIndexPage]):
    browsing: Browsing | None = None

    def respond(self, request: HttpRequest, **routed: object) -> HttpResponse:
        if routed.get("is_feed"):
            return ResourceFeed(self.page, newest_under(self.page))(request)
        return super().respond(request)

    def context(self, request: HttpRequest) -> Context:
        self.browsing = Browsing(self.page, survey_of(self.page), request.GET)
        return {**super().context(request), **self._state(self.browsing, request)}

    def next_change_at(self) -> datetime | None:
        # The feed shows nothing that changes before the first of all pages expires.
        shown = self.browsing.survey.changes_at if self.browsing else None
        return earliest(super().next_change_at(), shown)

    def is_kept_address(self, request: HttpRequest) -> bool:
        """Keep the states with one choice; see Browsing.is_common."""
        if super().is_kept_address(request):
            return True
        browsing = self.browsing
        if browsing is None or not browsing.is_common:
            return False
        return bool(request.META["QUERY_STRING"] == browsing.full_query)

    def _state(self, browsing: Browsing, request: HttpRequest) -> Context:
        address = self.page.get_full_url(request) or ""
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
            "feed_url": f"{address}{FEED}/",
            "state_title": _state_title(browsing),
        }


def _state_title(browsing: Browsing) -> str:
    """Say in the browser's title what the list is narrowed to, and which page of it this is."""
    parts = [str(link.label) for link in browsing.removals]
    if browsing.page_obj.number > 1:
        parts.append(_("page %(number)d") % {"number": browsing.page_obj.number})
    return ", ".join(parts)
