"""The first page of the site, with its newest guides."""

from django.http import HttpRequest

from eoc_cms.core.pages.view import Context, PageView
from resources.catalogue.cards import cards_for, resource_list_address
from resources.catalogue.entries import newest_guides

NEWEST = 3


class HomePageView(PageView):
    def context(self, request: HttpRequest) -> Context:
        return {
            **super().context(request),
            "resources": cards_for(newest_guides(NEWEST), request),
            "list_url": resource_list_address(request),
        }
