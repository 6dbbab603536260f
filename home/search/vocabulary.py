"""The words of the site's pages, for “Did you mean …?”: read by the worker, not while one waits.

A list is used until there is a newer one, together with the words of what was published since.
Words of pages that strangers no longer see may stay in it for a while: what is suggested has
been searched for, so they are never shown.
"""

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.core.cache import cache
from django.db.models import QuerySet
from django.utils import timezone, translation
from wagtail.models import Page, Site

from eoc_cms.core.caching.generation import current
from eoc_cms.core.models.search_text import words_of
from home.search.matching import BODY_TEXT, TITLE_TEXT, searchable_pages
from home.search.queries import Term

SHORTEST_KEPT = 4
MAX_WORDS = 20_000
KEPT_SECONDS = 24 * 60 * 60
# What is published while a list is made may be in neither.
OVERLAP = timedelta(minutes=1)
# More than staff publish between two lists.
MOST_PAGES_SINCE = 100


def letters_of(word: str) -> int:
    """Return which letters a word has, as a number with a bit for each."""
    letters = 0
    for letter in set(word):
        letters |= 1 << (ord(letter) % 64)
    return letters


@dataclass(frozen=True, kw_only=True)
class Vocabulary:
    generation: str
    made_at: datetime
    # In the order of letters.
    words: list[str]
    # For each length of words, each with the letters that it has.
    by_length: dict[int, dict[str, int]]

    @classmethod
    def of(cls, words: Iterable[str], *, made_at: datetime, generation: str) -> "Vocabulary":
        known = sorted(set(words))
        by_length: dict[int, dict[str, int]] = {}
        for word in known:
            by_length.setdefault(len(word), {})[word] = letters_of(word)
        return cls(generation=generation, made_at=made_at, words=known, by_length=by_length)

    def knows(self, term: Term) -> bool:
        return any(self._begins(start, term) for start in term.beginnings or (term.word,))

    def _begins(self, start: str, term: Term) -> bool:
        at = bisect_left(self.words, start)
        return at < len(self.words) and term.matches(self.words[at])


def vocabularies(pages: QuerySet[Page], *, scope: int) -> list[Vocabulary]:
    """Return the words of the pages, and those of what was published since they were read."""
    kept = cache.get(_key(scope))
    if not isinstance(kept, Vocabulary):
        kept = _keep(pages, scope)
    since = pages.filter(last_published_at__gt=kept.made_at - OVERLAP)
    newest = since.order_by("-last_published_at")[:MOST_PAGES_SINCE]
    newer = Vocabulary.of(_count(newest), made_at=kept.made_at, generation="")
    return [kept, newer]


def renew() -> None:
    """Read the words of every site again, in each of its languages, where pages have changed."""
    for site in Site.objects.select_related("root_page"):
        for root in site.root_page.get_translations(inclusive=True).select_related("locale"):
            kept = cache.get(_key(root.pk))
            if isinstance(kept, Vocabulary) and kept.generation == current():
                continue
            with translation.override(root.locale.language_code):
                _keep(searchable_pages(root), root.pk)


def _keep(pages: QuerySet[Page], scope: int) -> Vocabulary:
    generation, made_at = current(), timezone.now()
    words = [word for word, _times in _count(pages).most_common(MAX_WORDS)]
    made = Vocabulary.of(words, made_at=made_at, generation=generation)
    cache.set(_key(scope), made, KEPT_SECONDS)
    return made


def _key(scope: int) -> str:
    return f"search-words-{scope}"


def _count(pages: QuerySet[Page]) -> Counter[str]:
    return Counter(
        word
        for row in pages.values_list(TITLE_TEXT, BODY_TEXT)
        for text in row
        for word in words_of(text or "")
        if len(word) >= SHORTEST_KEPT
    )
