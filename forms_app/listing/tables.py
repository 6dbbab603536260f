"""Rows with the columns that a file of them has."""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from django.conf import settings
from django.db.models import Field, Model, QuerySet
from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

SEARCH = "q"
# Parts of a list's address that do not decide which rows it shows.
NOT_FILTERS = frozenset({"export", "only_new", "ordering", "p", "_w_filter_fragment"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; its id stays the same for ever, whatever its heading becomes."""

    id: str
    heading: str | Promise
    value: Callable[[Any], object]
    is_time: bool = False

    def heading_with_zone(self) -> str:
        """Name the time zone where a column holds times."""
        return f"{self.heading} ({settings.TIME_ZONE})" if self.is_time else str(self.heading)


@dataclass(frozen=True, kw_only=True)
class Table:
    """The rows of a list under its filters. `filters` says them in words, `query` as asked."""

    key: str
    title: str
    slug: str
    queryset: QuerySet
    columns: Sequence[Column]
    filters: dict[str, str] = field(default_factory=dict)
    query: str = ""
    # Reads what the columns need for a batch of rows at once.
    prepare: Callable[[list[Any]], None] = lambda _rows: None
    # Gives a column for an id that no row fills for now, from its id and heading.
    spare: Callable[[str, str], Column | None] = lambda _id, _heading: None

    @property
    def scope(self) -> str:
        return scope_of(self.key, self.query)

    def with_columns(self, chosen: Iterable[tuple[str, str]]) -> "Table":
        """Return it with the chosen columns only, pairs of id and heading, in their order."""
        known = {column.id: column for column in self.columns}
        columns = [known.get(id_) or self.spare(id_, heading) for id_, heading in chosen]
        return replace(self, columns=[column for column in columns if column]) if columns else self


def field_columns(model: type[Model], *names: str) -> list[Column]:
    """Return columns for plain fields of a model, under their names there."""
    fields = {field.name: field for field in model._meta.fields}
    return [_field_column(fields[name]) for name in names]


def _field_column(field: Field) -> Column:
    return Column(
        id=field.name,
        heading=capfirst(field.verbose_name),
        value=lambda row: getattr(row, field.name),
        is_time=field.get_internal_type() == "DateTimeField",
    )


def filters_of(query: str) -> str:
    """Return the part of an address's query that narrows a list, always in one writing."""
    params = QueryDict(query)
    narrowing = QueryDict(mutable=True)
    for name in sorted(params):
        values = [value for value in params.getlist(name) if value]
        if name not in NOT_FILTERS and values:
            narrowing.setlist(name, values)
    return narrowing.urlencode()


def scope_of(key: str, query: str) -> str:
    """Return what two exports of the same rows share, whatever their columns and format."""
    return hashlib.sha256(json.dumps([key, filters_of(query)]).encode()).hexdigest()


def filters_in_words(filters: dict[str, str]) -> str:
    if not filters:
        return _("No filter: everything")
    return " · ".join(f"{name}: {value}" for name, value in filters.items())
