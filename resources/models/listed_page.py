"""What everything that stands in the list of resources has in common."""

from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from eoc_cms.core.models import BasePage
from resources.models.index_page import FEED


class ListedPage(BasePage):
    audiences = ParentalManyToManyField(
        "resources.Audience", verbose_name=_("who it is for"), blank=True
    )
    topics = ParentalManyToManyField("resources.Topic", verbose_name=_("topics"), blank=True)

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug == FEED:
            raise ValidationError(
                {"slug": _("The list's news feed has this address. Choose another.")}
            )

    @property
    def cover_seed(self) -> int:
        return (self.pk or 0) % 6

    @cached_property
    def related_pages(self) -> list[Any]:
        from resources.catalogue.related import related_to

        return related_to(self)

    def own_change_at(self) -> datetime | None:
        """When this page's own card will look different without anybody editing it."""
        return self.expire_at

    def next_change_at(self) -> datetime | None:
        cards = (page.own_change_at() for page in (self, *self.related_pages))
        moments = (super().next_change_at(), *cards)
        return min((moment for moment in moments if moment), default=None)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.catalogue.cards import cards_for

        # Before all else, since it fetches what cards show for all of them together.
        card, *related = cards_for([self, *self.related_pages], request)
        context = super().get_context(request, *args, **kwargs)
        return {**context, "card": card, "related": related}
