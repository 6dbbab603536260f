"""What was typed into the search box, cleaned, and what each of its words stands for."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from eoc_cms.core.models.search_text import fold, words_of

MAX_QUERY_LENGTH = 100
MAX_WORDS = 10
# Shorter words must stand in the text as they are: “a” begins too many others.
SHORTEST_BEGINNING = 3
# Words that say little, left out as long as others remain.
LITTLE_WORDS = frozenset(
    words_of(
        "a about an and are as at be by can do does for from how i in is it me my of on or our "
        "should that the this to was we what when where which who why will with you your"
    )
)
CONSONANT_Y = re.compile(r"[^aeiou]y$")
CONTROLS = {"Cc", "Cs", "Zl", "Zp"}
INVISIBLE = {"Cf", "Cn", "Co"}


def clean_query(raw: str) -> str:
    """Return a query short enough to search for; longer ones are cut, never refused."""
    printable = "".join(map(_printable, raw[: 2 * MAX_QUERY_LENGTH]))
    return " ".join(printable.split())[:MAX_QUERY_LENGTH].strip()


def _printable(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in CONTROLS:
        return " "
    return "" if category in INVISIBLE else letter


@dataclass(frozen=True)
class Term:
    """A word as typed, and the beginnings of the words it finds; none if it must stand alone."""

    word: str
    beginnings: tuple[str, ...]

    @classmethod
    def of(cls, word: str) -> Self:
        return cls(word, beginnings_of(word) if len(word) >= SHORTEST_BEGINNING else ())

    def matches(self, word: str) -> bool:
        return word.startswith(self.beginnings) if self.beginnings else word == self.word

    def count_in(self, text: str) -> int:
        """Count the words found in a text of bare words with a space before and after each."""
        if not self.beginnings:
            return text.count(f" {self.word} ")
        return sum(text.count(f" {beginning}") for beginning in self.beginnings)


def beginnings_of(word: str) -> tuple[str, ...]:
    """Return what a word and its other number begin with, so that one finds the other.

    These are the rules for English; a word they do not fit is found as it was typed.
    """
    forms = {word}
    if len(word) > 4 and word.endswith("ies"):
        forms.add(f"{word[:-3]}y")
    elif word.endswith(("sses", "xes", "ches", "shes")):
        forms.add(word[:-2])
    elif len(word) > SHORTEST_BEGINNING and word.endswith("s") and word[-2] not in "siu":
        forms.add(word[:-1])
    forms |= {f"{form[:-1]}ies" for form in forms if CONSONANT_Y.search(form)}
    return tuple(sorted(f for f in forms if not any(f != o and f.startswith(o) for o in forms)))


@dataclass(frozen=True)
class SearchQuery:
    text: str

    @classmethod
    def read(cls, raw: str) -> Self:
        return cls(clean_query(raw))

    @cached_property
    def words(self) -> list[str]:
        return words_of(self.text)[:MAX_WORDS]

    @cached_property
    def terms(self) -> list[Term]:
        """The words to look for, each once; none for a query of signs alone."""
        telling = [word for word in self.words if word not in LITTLE_WORDS]
        return [Term.of(word) for word in dict.fromkeys(telling or self.words)]

    @cached_property
    def _starts(self) -> tuple[str, ...]:
        return tuple(start for term in self.terms for start in term.beginnings or (term.word,))

    def terms_for(self, written: str) -> set[str]:
        """Return which of the words looked for one word, as written on a page, stands for."""
        word = fold(written)
        # Most words are none of them, and this is the quickest way to tell.
        if not word.startswith(self._starts):
            return set()
        return {term.word for term in self.terms if term.matches(word)}
