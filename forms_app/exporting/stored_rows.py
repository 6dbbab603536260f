"""Rows as the stored fields that their columns are made of, each field read for all at once.

Django reads each value by itself, which for an export takes longer than all the rest.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from typing import Any

from django.db import connection
from django.db.models import (
    BooleanField,
    DateTimeField,
    Field,
    IntegerField,
    JSONField,
    Model,
    QuerySet,
    TextField,
    UUIDField,
)
from django.db.models.functions import Cast

from forms_app.listing.sources import Source

Values = Sequence[Any]


class StoredRows:
    def __init__(self, columns: dict[str, Values]) -> None:
        self._columns = columns

    @property
    def keys(self) -> Sequence[int]:
        return self._columns["pk"]

    def of(self, name: str) -> Values:
        return self._columns[name]


def stored_reader(
    model: type[Model], sources: Iterable[Source]
) -> Callable[[QuerySet], StoredRows]:
    """Return what reads the fields that columns are made of, each once."""
    names = names_of(sources)
    ways = [_way_of(field_of(model, name)) for name in names]
    asked = [
        Cast(name, stored_as) if stored_as else name
        for name, (stored_as, _read) in zip(names, ways, strict=True)
    ]

    def read(rows: QuerySet) -> StoredRows:
        found = list(rows.values_list(*asked))
        columns = zip(*found, strict=True) if found else ((),) * len(names)
        values = [read(column) for (_as, read), column in zip(ways, columns, strict=True)]
        return StoredRows(dict(zip(names, values, strict=True)))

    return read


def names_of(sources: Iterable[Source]) -> list[str]:
    """Return the fields to read for columns, each once, and the key before them."""
    return ["pk", *dict.fromkeys(name for source in sources for name in source.names)]


def field_of(model: type[Model], path: str) -> Field:
    """Return a field by its name in a query, such as `person__email`."""
    *relations, name = path.split("__")
    for relation in relations:
        model = model._meta.get_field(relation).related_model  # type: ignore[assignment]
    field: Field = model._meta.pk if name == "pk" else model._meta.get_field(name)  # type: ignore
    return field


def _way_of(field: Field) -> tuple[Field | None, Callable[[Values], Values]]:
    """Return what a field is asked for as, where not as itself, and what reads that."""
    if isinstance(field, JSONField):
        return TextField(), _from_json
    if isinstance(field, UUIDField):
        return TextField(), _as_they_are
    if connection.vendor == "sqlite" and isinstance(field, DateTimeField):
        return TextField(), _moments
    if connection.vendor == "sqlite" and isinstance(field, BooleanField):
        return IntegerField(), _booleans
    return None, _as_they_are


def _as_they_are(values: Values) -> Values:
    return values


def _from_json(texts: Values) -> Values:
    every: list[Any] = json.loads(f"[{','.join([text or 'null' for text in texts])}]")
    return every


def _moments(texts: Values) -> Values:
    return [text and datetime.fromisoformat(text).replace(tzinfo=UTC) for text in texts]


def _booleans(numbers: Values) -> Values:
    return [None if number is None else bool(number) for number in numbers]
