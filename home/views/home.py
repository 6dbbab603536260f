"""The first page of the site, with its newest guides."""

from django.http import HttpRequest

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.pages.view import PageView
from home.models import HomePage
from resources.catalogue.cards import cards_for, resource_list_address
from resources.catalogue.entries import newest_guides

NEWEST = 3


class HomePageView(PageView[HomePage]):
    def context(self, request: HttpRequest) -> Context:
        return {
            **super().context(request),
            "resources": cards_for(newest_guides(NEWEST), request),
            "list_url": resource_list_address(request),
        }
