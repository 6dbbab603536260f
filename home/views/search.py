from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail.contrib.search_promotions.models import Query

from home.search import clean_query, search_pages
from resources.cards import cards_for
from resources.listing import visible_pages, visible_resources

PER_PAGE = 10


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Search the site; without a result, suggest the newest resources."""
    query = clean_query(request.GET.get("q", ""))
    page_obj = Paginator(search_pages(query), PER_PAGE).get_page(request.GET.get("page"))
    results = [page.specific for page in page_obj]
    context = {
        "query": query,
        "page_obj": page_obj,
        "results": results,
        "promoted": _promoted(query),
        "suggestions": [] if results else cards_for(visible_resources()[:3], request),
        "base_query": urlencode({"q": query}),
        "noindex": True,
    }
    return render(request, "search/search.html", context)


def _promoted(query: str) -> list:
    if not query:
        return []
    visible = visible_pages().values("pk")
    # Read only: counting what strangers type would let them fill the table.
    picks = Query.objects.filter(query_string=query.lower()).first()
    return list(picks.editors_picks.filter(page__in=visible)) if picks else []
