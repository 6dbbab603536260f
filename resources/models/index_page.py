from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page
from wagtail.url_routing import RouteResult

from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText

FEED = "feed"


class ResourceIndexPage(BasePage):
    """The list of resources; its feed stands directly below it, wherever it is moved."""

    browsing: Any = None

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "resources/resource_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage", "resources.VideoPage"]
    max_count_per_parent = 1  # type: ignore[assignment]
    page_description = _("The list of all resources, with filters.")

    content_panels = [*Page.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, SearchText("intro", boost=3)]

    class Meta:
        verbose_name = _("resource list")

    @cached_property
    def catalogue(self) -> list[Any]:
        from resources.catalogue.entries import load_catalogue

        return load_catalogue(under=self)

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components == [FEED] and self.live:
            return RouteResult(self, kwargs={"is_feed": True})
        return super().route(request, path_components)

    def resolve_subpage(self, path: str) -> None:
        """Tell Wagtail's redirects, which ask before leading below a page, what is there."""
        if path.strip("/") != FEED:
            raise Resolver404

    def get_route_paths(self) -> list[str]:
        """Let a redirect be made for the feed too when the list moves."""
        return ["/", f"/{FEED}/"]

    def respond(
        self, request: HttpRequest, *args: Any, is_feed: bool = False, **kwargs: Any
    ) -> HttpResponse:
        from resources.catalogue.feed import ResourceFeed

        if is_feed:
            return ResourceFeed(self)(request)
        return super().respond(request, *args, **kwargs)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.catalogue.browsing import Browsing
        from resources.views.resource_list import describe_list

        self.browsing = Browsing(self.catalogue, request.GET)
        context = super().get_context(request, *args, **kwargs)
        return {**context, **describe_list(self, self.browsing, request)}

    def next_change_at(self) -> datetime | None:
        from resources.catalogue.entries import next_change_among

        moments = (super().next_change_at(), next_change_among(self.catalogue))
        return min((moment for moment in moments if moment), default=None)

    def is_kept_address(self, request: HttpRequest) -> bool:
        """Keep the states with one choice; see Browsing.is_common."""
        if super().is_kept_address(request):
            return True
        browsing = self.browsing
        is_common = browsing is not None and browsing.is_common
        return is_common and request.META["QUERY_STRING"] == browsing.full_query
