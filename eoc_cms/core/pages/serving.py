"""Wagtail's view of all pages, told where an address leads: found once in each generation."""

import copy
from dataclasses import dataclass, field
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils import translation
from wagtail import views
from wagtail.models import Page, Site
from wagtail.url_routing import RouteResult

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.http import place_asked
from eoc_cms.core.models import BasePage


@dataclass(frozen=True, kw_only=True)
class Route:
    """The site of an address and the page that it leads to."""

    site: Site
    page: Page
    args: tuple[Any, ...] = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def found(cls, request: HttpRequest, path: str) -> "Route | None":
        route = Page.route_for_request(request, path)
        if route is None:
            return None
        if isinstance(route.page, BasePage):
            route.page.read_ahead()
        site = Site.find_for_request(request)
        return cls(site=site, page=route.page, args=tuple(route.args), kwargs=route.kwargs)

    def tell(self, request: HttpRequest) -> None:
        """Leave on a request what Wagtail would find for it."""
        # Each request has a page of its own, since it keeps on it what it works out.
        found = RouteResult(copy.copy(self.page), self.args, self.kwargs)
        request._wagtail_route_for_request = found  # type: ignore[attr-defined]
        request._wagtail_site = self.site  # type: ignore[attr-defined]


_routes = Remembered[Route | None]()


def serve(request: HttpRequest, path: str) -> HttpResponse:
    address = (place_asked(request), translation.get_language(), path)
    route = _routes.get(address, lambda: Route.found(request, path))
    if route:
        route.tell(request)
    response: HttpResponse = views.serve(request, path)
    return response
