"""“Did you mean …?”, from the words of the site's own pages.

The same on both databases; see docs/decisions/0004-misspelling-help.md.
"""

import re
from collections.abc import Iterator
from difflib import get_close_matches

from django.db.models import QuerySet
from wagtail.models import Page

from eoc_cms.core.models.search_text import words_of
from home.search.excerpts import TOKEN
from home.search.matching import find
from home.search.queries import SearchQuery
from home.search.vocabulary import SHORTEST_KEPT, Vocabulary, letters_of, vocabularies

SHORTEST_CORRECTED = SHORTEST_KEPT
# How alike two words must be, from 0 to 1: “equtiy” is to “equity” as 0.83.
ALIKE = 0.75
# A word with more letters missing or added than this is another word.
MOST_LETTERS_APART = 2
# More unknown words than this are another language, or no words at all.
MOST_CORRECTED = 4
TRIES = 2


def suggest(query: SearchQuery, pages: QuerySet[Page], *, scope: int) -> str:
    """Return the query with its unknown words corrected, if that finds anything; else nothing.

    `scope` names the part of the site that `pages` are from.
    """
    words = vocabularies(pages, scope=scope) if query.terms else []
    unknown = [t.word for t in query.terms if not any(known.knows(t) for known in words)]
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


def _alike(word: str, words: list[Vocabulary]) -> list[str]:
    """Return the few words most like one that is unknown, the likeliest first."""
    if len(word) < SHORTEST_CORRECTED:
        return []
    near = {other for known in words for other in _near(word, known)}
    return get_close_matches(word, sorted(near), n=TRIES, cutoff=ALIKE)


def _near(word: str, words: Vocabulary) -> Iterator[str]:
    """Return the words that could be alike, by their lengths and letters alone.

    Words are as alike as the letters they share, and what only one of them has they do not
    share: of thousands that is told at once, where comparing them takes a moment each.
    """
    mine, length = letters_of(word), len(word)
    for other_length in range(length - MOST_LETTERS_APART, length + MOST_LETTERS_APART + 1):
        least = ALIKE * (length + other_length) / 2
        for other, theirs in words.by_length.get(other_length, {}).items():
            mine_alone, theirs_alone = mine & ~theirs, theirs & ~mine
            if (
                length - mine_alone.bit_count() >= least
                and other_length - theirs_alone.bit_count() >= least
            ):
                yield other


def _replace_words(text: str, chosen: dict[str, str]) -> str:
    """Return the text with some of its words replaced, or left out where nothing is like them."""

    def replace(token: re.Match[str]) -> str:
        words = words_of(token.group())
        known = [chosen.get(word, word) for word in words]
        return token.group() if known == words else " ".join(known)

    return " ".join(TOKEN.sub(replace, text).split())
