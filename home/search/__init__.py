"""Search over what everybody may see (docs/how-search-works.md)."""

from home.search.excerpts import excerpt
from home.search.matching import Match, find, search_root, searchable_pages
from home.search.promotions import Promotion, promotions_for
from home.search.queries import SearchQuery, clean_query
from home.search.spelling import suggest

__all__ = [
    "Match",
    "Promotion",
    "SearchQuery",
    "clean_query",
    "excerpt",
    "find",
    "promotions_for",
    "search_root",
    "searchable_pages",
    "suggest",
]
