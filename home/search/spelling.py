"""“Did you mean …?”, from the words of the site's own pages.

The same on both databases; see docs/decisions/0004-misspelling-help.md.
"""

import re
from collections import Counter
from difflib import get_close_matches

from django.core.cache import cache
from django.db.models import QuerySet
from wagtail.models import Page

from eoc_cms.core.caching.generation import current
from eoc_cms.core.models.search_text import words_of
from home.search.excerpts import TOKEN
from home.search.matching import BODY_TEXT, TITLE_TEXT, find
from home.search.queries import SearchQuery

SHORTEST_CORRECTED = 4
# How alike two words must be, from 0 to 1: “equtiy” is to “equity” as 0.83.
ALIKE = 0.75
# A word with more letters missing or added than this is another word.
MOST_LETTERS_APART = 2
# More unknown words than this are another language, or no words at all.
MOST_CORRECTED = 4
TRIES = 2
MAX_VOCABULARY = 20_000
VOCABULARY_SECONDS = 300


def suggest(query: SearchQuery, pages: QuerySet[Page], *, scope: int) -> str:
    """Return the query with its unknown words corrected, if that finds anything; else nothing.

    `scope` names the part of the site that `pages` are from.
    """
    words = vocabulary(pages, scope=scope) if query.terms else []
    unknown = [t.word for t in query.terms if not any(t.matches(word) for word in words)]
    if len(unknown) > MOST_CORRECTED:
        return ""
    candidates = {word: _alike(word, words) for word in unknown}
    if not any(candidates.values()):
        return ""
    for rank in range(TRIES):
        chosen = {
            word: (alike[rank:] or alike[-1:] or [""])[0] for word, alike in candidates.items()
        }
        corrected = _replace_words(query.text, chosen)
        if find(SearchQuery.read(corrected), pages):
            return corrected
    return ""


def vocabulary(pages: QuerySet[Page], *, scope: int) -> list[str]:
    """Return the words of the pages, the most frequent first; kept until a page changes."""
    key = f"search-words-{current()}-{scope}"
    words = cache.get(key)
    if words is None:
        counts = Counter(
            word
            for row in pages.values_list(TITLE_TEXT, BODY_TEXT)
            for text in row
            for word in words_of(text or "")
            if len(word) >= SHORTEST_CORRECTED
        )
        words = [word for word, _ in counts.most_common(MAX_VOCABULARY)]
        cache.set(key, words, VOCABULARY_SECONDS)
    return words


def _alike(word: str, words: list[str]) -> list[str]:
    """Return the few words most like one that is unknown, the likeliest first."""
    if len(word) < SHORTEST_CORRECTED:
        return []
    near = [other for other in words if abs(len(other) - len(word)) <= MOST_LETTERS_APART]
    return get_close_matches(word, near, n=TRIES, cutoff=ALIKE)


def _replace_words(text: str, chosen: dict[str, str]) -> str:
    """Return the text with some of its words replaced, or left out where nothing is like them."""

    def replace(token: re.Match[str]) -> str:
        words = words_of(token.group())
        known = [chosen.get(word, word) for word in words]
        return token.group() if known == words else " ".join(known)

    return " ".join(TOKEN.sub(replace, text).split())
