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

from forms_app.listing.sources import Nothing, Source, Stored

SEARCH = "q"
# Parts of a list's address that do not decide which rows it shows.
NOT_FILTERS = frozenset({"export", "only_new", "ordering", "p", "_w_filter_fragment"})


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column; its id stays the same for ever, whatever its heading becomes."""

    id: str
    heading: str | Promise
    # What it holds: by stored fields, or else by the object of a row.
    value: Source | Callable[[Any], object]
    is_time: bool = False
    # Further ids that mean this column, as long as it holds what they stood for.
    also: tuple[str, ...] = ()

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
    # The keys of the rows to which an export is narrowed further, by what it knows itself.
    only: Iterable[int] | None = None
    # Reads what columns of objects need for a batch of them at once.
    prepare: Callable[[list[Any]], None] = lambda _rows: None
    # Makes one column of several that staff say are the same.
    join: Callable[[Sequence[Column]], Sequence[Column]] | None = None
    # Whether a column that no row fills for now is kept empty, or else left out.
    keeps_empty: bool = False
    # Counts the rows, where there is a quicker way than to look at each.
    count: Callable[[], int] | None = None

    @property
    def sources(self) -> list[Source] | None:
        """What each column is made of; None where one needs the rows' objects."""
        values = [column.value for column in self.columns]
        sources = [value for value in values if isinstance(value, Source)]
        return sources if len(sources) == len(values) else None

    def counted(self) -> int:
        return self.count() if self.count else self.queryset.order_by().count()

    @property
    def scope(self) -> str:
        return scope_of(self.key, self.query)

    def with_columns(self, chosen: Iterable[Sequence[str]]) -> "Table":
        """Return it with the chosen columns only, in their order.

        Each is an id, a heading, and further ids that meant the same column when it was chosen.
        """
        known = {id_: column for column in self.columns for id_ in (column.id, *column.also)}
        columns: dict[str, Column] = {}
        for id_, heading, *also in chosen:
            found = [known[each] for each in (id_, *also) if each in known]
            if not found and self.keeps_empty:
                found = [Column(id=id_, heading=heading, value=Nothing())]
            columns |= {column.id: column for column in found}
        return replace(self, columns=list(columns.values())) if columns else self

    def joined(self) -> "Table":
        """Return it with one column for all that have the same words."""
        return replace(self, columns=self.join(self.columns)) if self.join else self


def field_columns(model: type[Model], *names: str) -> list[Column]:
    """Return columns for plain fields of a model, under their names there."""
    fields = {field.name: field for field in model._meta.fields}
    return [_field_column(fields[name]) for name in names]


def _field_column(field: Field) -> Column:
    return Column(
        id=field.name,
        heading=capfirst(field.verbose_name),
        value=Stored(field.name),
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
