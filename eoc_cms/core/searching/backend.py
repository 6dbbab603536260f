"""The database's search, asked for words only.

What people type is no query language. Between quotation marks, which the search of SQLite
leaves unescaped, a `"` ends the word and fails the whole list; a term without a letter or
digit finds nothing on one database and is left out on the other. Every list and chooser of
the admin searches through this backend, so it is mended here.
"""

from typing import Any

from modelsearch.backends import database
from wagtail.search.query import MATCH_NONE, And, Not, Or, Phrase, PlainText, SearchQuery

# The quotation mark is SQLite's, and neither database takes in NUL.
UNSEARCHABLE = str.maketrans({'"': " ", "\0": " "})


def SearchBackend(params: dict[str, Any]) -> object:
    """Make the backend of the database that is in use, which differs by kind."""
    kind = type(database.SearchBackend(dict(params)))
    return type(f"WordsOnly{kind.__name__}", (WordsOnly, kind), {})(params)


class WordsOnly:
    """Put before a search backend: what is asked of it holds words and nothing else."""

    def search(self, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        return super().search(as_words(query), *args, **kwargs)  # type: ignore[misc]

    def autocomplete(self, query: str | SearchQuery, *args: Any, **kwargs: Any) -> Any:
        return super().autocomplete(as_words(query), *args, **kwargs)  # type: ignore[misc]


def as_words(query: str | SearchQuery) -> str | SearchQuery:
    """Return a query without what a database would read as its language."""
    if isinstance(query, str):
        return _words_in(query) or (MATCH_NONE if query else "")
    return _of_words(query) or MATCH_NONE


def _words_in(text: str) -> str:
    terms = text.translate(UNSEARCHABLE).split()
    return " ".join(term for term in terms if any(map(str.isalnum, term)))


def _of_words(query: SearchQuery) -> SearchQuery | None:
    """Return a query with its words alone, or None where it holds none."""
    if isinstance(query, PlainText):
        words = _words_in(query.query_string)
        return PlainText(words, query.operator, query.boost) if words else None
    if isinstance(query, Phrase):
        words = _words_in(query.query_string)
        return Phrase(words) if words else None
    if isinstance(query, And | Or):
        parts = [part for part in map(_of_words, query.subqueries) if part]
        return type(query)(parts) if parts else None
    if isinstance(query, Not):
        inner = _of_words(query.subquery)
        return Not(inner) if inner else None
    return query
