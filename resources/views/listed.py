"""What every page in the list of resources answers: its card, and what to read next."""

from datetime import datetime
from functools import cached_property
from typing import TypeVar

from django.http import HttpRequest

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.pages.view import PageView, earliest
from resources.catalogue.cards import cards_for
from resources.catalogue.entries import Listed
from resources.catalogue.related import related_to
from resources.models import ResourcePage, VideoPage

ListedType = TypeVar("ListedType", ResourcePage, VideoPage)


class ListedPageView(PageView[ListedType]):
    @cached_property
    def related_pages(self) -> list[Listed]:
        return related_to(self.page)

    def context(self, request: HttpRequest) -> Context:
        # Before all else, since it fetches what cards show for all of them together.
        card, *related = cards_for([self.page, *self.related_pages], request)
        return {**super().context(request), "card": card, "related": related}

    def next_change_at(self) -> datetime | None:
        cards = (page.own_change_at() for page in (self.page, *self.related_pages))
        return earliest(super().next_change_at(), *cards)
