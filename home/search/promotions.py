"""What staff have chosen to stand first for a query (Wagtail's promoted search results)."""

from dataclasses import dataclass

from django.db.models import Q, QuerySet
from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import normalise_query_string

from home.search.queries import SearchQuery


@dataclass(frozen=True, kw_only=True)
class Promotion:
    """A page of this site, or a title with the address of another site."""

    page_id: int | None
    title: str
    url: str
    description: str


def promotions_for(query: SearchQuery, pages: QuerySet[Page]) -> list[Promotion]:
    """Return what is promoted for exactly this query; of pages, only those a stranger may see.

    It only reads: counting what strangers type would let them fill the table.
    """
    if not query.text:
        return []
    elsewhere = Q(page=None) & (
        Q(external_link_url__startswith="https://") | Q(external_link_url__startswith="http://")
    )
    picks = SearchPromotion.objects.filter(
        Q(page__in=pages.values("pk")) | elsewhere,
        query__query_string=normalise_query_string(query.text),
    )
    return [
        Promotion(
            page_id=pick.page_id,
            title=pick.external_link_text or pick.external_link_url,
            url=pick.external_link_url,
            description=pick.description,
        )
        for pick in picks.order_by("sort_order", "pk")
    ]
