"""What every page in the list of resources answers: its card, and what to read next."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.http import HttpRequest

from eoc_cms.core.pages.view import Context, PageView, earliest
from resources.catalogue.cards import cards_for
from resources.catalogue.related import related_to


class ListedPageView(PageView):
    @cached_property
    def related_pages(self) -> list[Any]:
        return related_to(self.page)

    def context(self, request: HttpRequest) -> Context:
        # Before all else, since it fetches what cards show for all of them together.
        card, *related = cards_for([self.page, *self.related_pages], request)
        return {**super().context(request), "card": card, "related": related}

    def next_change_at(self) -> datetime | None:
        cards = (page.own_change_at() for page in (self.page, *self.related_pages))
        return earliest(super().next_change_at(), *cards)
