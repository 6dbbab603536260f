"""The search page: what was found, by kind; where nothing was, what may help."""

from collections import Counter
from urllib.parse import urlencode

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe
from wagtail.models import Page
from wagtail.query import PageQuerySet

from home.search import SearchQuery, find, promotions_for, search_root, searchable_pages, suggest
from home.search.results import KINDS, NAMES, kind_of, show
from resources.catalogue.cards import Card, cards_for, resource_list_address

PER_PAGE = 10
NEWEST = 3


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    query = SearchQuery.read(request.GET.get("q", ""))
    root = search_root(request)
    pages = searchable_pages(root)
    context = _found(request, query, pages)
    if root and not context["total"] and not context["everything"]:
        context["did_you_mean"] = suggest(query, pages, scope=root.pk)
        context["suggestions"] = _newest(request, pages)
        context["list_url"] = resource_list_address(request)
    context["meta_description"] = _("Search the guides, the videos and all other pages.")
    # Only what was found is kept from search engines: anybody can make up queries.
    context["noindex"] = bool(request.META.get("QUERY_STRING"))
    return render(request, "search/search.html", {**context, "query": query.text})


def _found(request: HttpRequest, query: SearchQuery, pages: QuerySet[Page]) -> dict[str, object]:
    matches, promotions = find(query, pages), promotions_for(query, pages)
    promoted = {promotion.page_id for promotion in promotions}
    others = [match for match in matches if match.page_id not in promoted]
    counts = Counter(kind_of(match.model) for match in matches)
    everything = len(promotions) + len(others)
    kind = request.GET.get("kind", "")
    if kind:
        promotions, others = [], [match for match in matches if kind_of(match.model) == kind]
    page_obj = Paginator(others, PER_PAGE).get_page(request.GET.get("page"))
    picked, results = show(promotions if page_obj.number == 1 else [], page_obj, query, request)
    return {
        "total": len(promotions) + len(others),
        "picked": picked,
        "results": results,
        "page_obj": page_obj,
        "kinds": _kinds(query, counts, everything=everything, chosen=kind),
        "everything": everything if kind else 0,
        "everything_query": _address(query, ""),
        "base_query": _address(query, kind),
    }


def _kinds(
    query: SearchQuery, counts: Counter[str], *, everything: int, chosen: str
) -> list[dict[str, object]]:
    """Return the links that narrow the results to one kind; none where all are of one kind."""
    if len(counts) < 2:
        return []
    kinds = {"": (_("All"), everything)} | {
        kind: (name, counts[kind]) for kind, name in NAMES.items() if counts[kind]
    }
    return [
        {"name": name, "count": count, "query": _address(query, kind), "is_chosen": kind == chosen}
        for kind, (name, count) in kinds.items()
    ]


def _address(query: SearchQuery, kind: str) -> str:
    return urlencode({"q": query.text} | ({"kind": kind} if kind else {}))


def _newest(request: HttpRequest, pages: PageQuerySet) -> list[Card]:
    resources = pages.filter(content_type__app_label="resources", content_type__model__in=KINDS)
    newest = resources.order_by("-first_published_at", "-pk")[:NEWEST]
    return cards_for(newest.specific(), request)
