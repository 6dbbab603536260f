"""Which pages hold all words of a query, the best first.

The database's own search says which pages match. What comes first is worked out here:
SQLite and PostgreSQL weigh words so differently that one query would give two orders.
"""

from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Self

from django.db.models import QuerySet
from django.http import HttpRequest
from wagtail.models import Page, Site
from wagtail.query import PageQuerySet
from wagtail.search.backends import get_search_backend
from wagtail.search.models import IndexEntry
from wagtail.search.query import And, Or, Phrase, PlainText

from eoc_cms.core.models.search_text import words_of
from home.search.queries import SearchQuery, Term
from resources.catalogue.visibility import visible_pages

# More is no help to anybody, and all are read to be put in order: the newest of them.
MAX_MATCHES = 500
# PostgreSQL's index holds no text, so the text is kept beside it, in columns of their own.
SUFFIX = "_text" if hasattr(IndexEntry, "title_text") else ""
TITLE_TEXT = f"index_entries__title{SUFFIX}"
BODY_TEXT = f"index_entries__body{SUFFIX}"

SAME_TITLE = 20.0
WORD_IN_TITLE = 10.0
BEGINNING_IN_TITLE = 6.0
PHRASE_IN_TITLE = 5.0
PHRASE_IN_TEXT = 2.0
TEXT = 5.0
# Having a word this often in the text gives half of the points for text; see `SearchText`.
HALF_OF_TEXT = 3


@dataclass(frozen=True, kw_only=True)
class Match:
    """A page that matches, with what its place among the others depends on."""

    page_id: int
    model: str
    published_at: datetime | None
    title: str
    title_words: str
    text_words: str

    @classmethod
    def from_row(cls, row: tuple[int, str, datetime | None, str, str, str]) -> Self:
        page_id, model, published_at, title, title_words, text_words = row
        return cls(
            page_id=page_id,
            model=model,
            published_at=published_at,
            title=_spaced(title),
            title_words=_spaced(title_words),
            text_words=f" {text_words} ",
        )


def search_root(request: HttpRequest) -> Page | None:
    """Return the page above all that can be found: the site's first, in the visitor's language."""
    site = Site.find_for_request(request)
    return site.root_page.localized if site else None


def searchable_pages(root: Page | None) -> PageQuerySet:
    """Return a page and those below it, as far as a stranger may see them."""
    if root is None:
        return Page.objects.none()
    return visible_pages().descendant_of(root, inclusive=True)


def find(query: SearchQuery, pages: QuerySet[Page]) -> list[Match]:
    """Return those of the pages that hold every word of the query, the best first."""
    if not query.terms:
        return []
    # By their keys first, so that texts are read of no more than are put in order.
    newest = (
        _search(query, pages).order_by("-first_published_at", "-pk").values_list("pk", flat=True)
    )
    rows = (
        Page.objects.order_by()
        .filter(pk__in=list(newest[:MAX_MATCHES]))
        .values_list(
            "pk", "content_type__model", "first_published_at", "title", TITLE_TEXT, BODY_TEXT
        )
    )
    found = [Match.from_row(row) for row in rows]
    return sorted(found, key=lambda match: _place(match, query))


def _search(query: SearchQuery, pages: QuerySet[Page]) -> QuerySet[Page]:
    backend = get_search_backend()
    compiler = _compiler_for_beginnings(backend.query_compiler_class)
    wanted = And([_as_wagtail_query(term) for term in query.terms])
    results = backend.results_class(backend, compiler(pages, wanted, order_by_relevance=False))
    return results.get_queryset()


@cache
def _compiler_for_beginnings(compiler: type) -> type:
    """Let plain words find the words they begin, which Wagtail does for autocompletion only."""
    return type("CompilerForBeginnings", (compiler,), {"LAST_TERM_IS_PREFIX": True})


def _as_wagtail_query(term: Term) -> Phrase | Or:
    if not term.beginnings:
        return Phrase(term.word)
    return Or([PlainText(beginning) for beginning in term.beginnings])


def _place(match: Match, query: SearchQuery) -> tuple[float, float, int]:
    # Of pages that match equally well, the one published last comes first.
    published = match.published_at.timestamp() if match.published_at else 0.0
    return -score(match, query), -published, -match.page_id


def score(match: Match, query: SearchQuery) -> float:
    points = sum(_points(term, match) for term in query.terms)
    phrase = f" {' '.join(query.words)} "
    if match.title == phrase:
        points += SAME_TITLE
    if len(query.words) > 1:
        points += PHRASE_IN_TITLE * (phrase in match.title_words)
        points += PHRASE_IN_TEXT * (phrase in match.text_words)
    return points


def _points(term: Term, match: Match) -> float:
    times = term.count_in(match.text_words)
    points = TEXT * times / (times + HALF_OF_TEXT)
    if f" {term.word} " in match.title_words:
        return points + WORD_IN_TITLE
    return points + BEGINNING_IN_TITLE * (term.count_in(match.title_words) > 0)


def _spaced(text: str) -> str:
    return f" {' '.join(words_of(text))} "
