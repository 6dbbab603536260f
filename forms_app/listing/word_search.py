"""Find rows by words or their beginnings, at once however many rows there are.

PostgreSQL looks the words up in an index (migration 0002_search_index), in which a word is
a run of letters and digits, so that an address is found by its name, its domain or both.
SQLite, which is for small sites, reads the texts. What is searched is stored as `fold` writes it,
and what is asked for is folded too, so both databases find the same.
"""

import re
from functools import reduce
from operator import or_

from django.db import connections
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from eoc_cms.core.models.search_text import fold

WORD = re.compile(r"[^\W_]+")
MOST_WORDS = 12
LONGEST_WORD = 60
# So many are sorted at once. Words found in more rows than that are found among the
# newest rows soon, so that reading the list from its top ends early.
FEW = 10_000
# The same expressions as in the index, letter for letter, or it is not used.
INDEXED = {
    "forms_app.submission": (
        "to_tsvector('simple', regexp_replace(left(receipt || ' ' || search_text, 100000), "
        "'[^[:alnum:]]+', ' ', 'g'))"
    ),
    "forms_app.person": (
        "to_tsvector('simple', regexp_replace(search_text, '[^[:alnum:]]+', ' ', 'g'))"
    ),
}
READ = {"forms_app.submission": ("receipt", "search_text"), "forms_app.person": ("search_text",)}


def find(queryset: QuerySet, asked: str) -> QuerySet:
    """Return the rows that hold every word that was asked for, or a word that begins so."""
    if not asked.strip():
        return queryset
    words = [word[:LONGEST_WORD] for word in WORD.findall(fold(asked))[:MOST_WORDS]]
    if not words:
        return queryset.none()
    if connections[queryset.db].vendor != "postgresql":
        return _read(queryset, words)
    matches = _look_up(queryset, words)
    keys = list(matches.order_by().values_list("pk", flat=True)[: FEW + 1])
    if len(keys) <= FEW:
        return queryset.filter(pk__in=keys)
    matches.holds_more_than = FEW  # type: ignore[attr-defined]  # for CappedPaginator
    return matches


def find_in_few(queryset: QuerySet, asked: str, *names: str) -> QuerySet:
    """Return the rows of a small table that hold every word in one of their fields; reads all."""
    words = fold(asked).split()
    if not words:
        return queryset
    keys = [
        pk
        for pk, *texts in queryset.order_by().values_list("pk", *names)
        if any(all(word in fold(text) for word in words) for text in texts)
    ]
    return queryset.filter(pk__in=keys)


def _look_up(queryset: QuerySet, words: list[str]) -> QuerySet:
    expression = INDEXED[queryset.model._meta.label_lower]
    table = queryset.model._meta.db_table
    for name in READ[queryset.model._meta.label_lower]:
        expression = re.sub(rf"\b{name}\b", f'"{table}"."{name}"', expression)
    asked = " & ".join(f"{word}:*" for word in words)
    sql = f"({expression} @@ to_tsquery('simple', %s))"
    return queryset.filter(RawSQL(sql, [asked], output_field=BooleanField()))  # noqa: S611


def _read(queryset: QuerySet, words: list[str]) -> QuerySet:
    for word in words:
        fields = READ[queryset.model._meta.label_lower]
        queryset = queryset.filter(
            reduce(or_, (Q(**{f"{name}__icontains": word}) for name in fields))
        )
    return queryset
