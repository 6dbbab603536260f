"""A list of records: who may see it, what narrows it, and what a file of it holds.

One function leads from filters to rows. The list on the screen, its exports, a saved
export, the weekly mail and the command all call it.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext as _

from eoc_cms.core.models import Staff
from forms_app.listing.filters import ListFilterSet
from forms_app.listing.tables import SEARCH, Column, Table, filters_of
from forms_app.rights import EXPORT, forms_for

# In place of the forms' keys, where a list tells of all of them.
EVERY_FORM = "*"


class UnusableFiltersError(ValueError):
    """Filters that a list does not know any more; the text says which."""


def missing_right(titles: Iterable[str]) -> str:
    """Say that the answers to these forms may not be exported."""
    named = ", ".join(f"“{title}”" for title in titles)
    return _("The right to export the answers to %(forms)s is missing.") % {"forms": named}


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What a query finds. Where it has problems it finds nothing, and they say why."""

    queryset: QuerySet
    filterset: ListFilterSet
    filters: dict[str, str] = field(default_factory=dict)  # in words

    @property
    def problems(self) -> list[str]:
        return self.filterset.problems


class Listing(ABC):
    """One kind of record as a list."""

    model: type[Model]
    title: str | Promise
    filterset_class: type[ListFilterSet] = ListFilterSet
    columns: Sequence[Column] = ()

    @property
    def key(self) -> str:
        return self.model._meta.label_lower

    @property
    def url_name(self) -> str:
        return f"{self.model._meta.app_label}_{self.model._meta.model_name}_modeladmin_index"

    @property
    def address(self) -> str:
        return reverse(self.url_name)

    @abstractmethod
    def may_list(self, user: Staff) -> bool: ...

    def may_export(self, user: Staff) -> bool:
        """Lists that tell of people need the right to export the answers to every form."""
        return self.may_list(user) and forms_for(user, EXPORT) is None

    def visible_to(self, user: Staff) -> QuerySet:
        """Override point: the rows a person may see, in a list that they may see."""
        return self.model._default_manager.all()

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        """Override point for lists that can be searched."""
        return rows

    def forms_reached(self, *, user: Staff, query: str) -> list[str]:
        """Return the keys of the forms that an export under these filters tells of."""
        return [EVERY_FORM]

    def prepare(self, rows: list[Any]) -> None:  # noqa: B027 - most columns need nothing more
        """Override point: read what the columns need for many rows at once."""

    def rows(self, *, user: Staff, query: QueryDict, order_by: Sequence[str] = ()) -> Rows:
        """Return what a person sees under these filters and this search."""
        visible = self.visible_to(user) if self.may_list(user) else self.none()
        visible = visible.order_by(*order_by)
        return self.found(self.filterset_class(query, visible, user=user), visible)

    def found(self, filterset: ListFilterSet, rows: QuerySet) -> Rows:
        """Return what a query finds among rows. What it does not know narrows to nothing."""
        if filterset.problems:
            return Rows(queryset=rows.none(), filterset=filterset)
        asked = filterset.data.get(SEARCH, "")
        filters = filterset.in_words()
        if asked:
            filters[_("Search")] = asked
        found = self.search(filterset.filter_queryset(rows), asked)
        return Rows(queryset=found, filterset=filterset, filters=filters)

    def none(self) -> QuerySet:
        return self.model._default_manager.none()

    def table(self, *, user: Staff, query: str) -> Table:
        """Return the rows a person may export under these filters.

        Raises PermissionDenied where they may not, and UnusableFiltersError.
        """
        if not self.may_export(user):
            raise PermissionDenied
        return self.table_of(self.rows(user=user, query=QueryDict(query)), query)

    def table_of(self, rows: Rows, query: str) -> Table:
        if rows.problems:
            raise UnusableFiltersError(" ".join(rows.problems))
        return Table(
            key=self.key,
            title=str(self.title),
            slug=slugify(str(self.title)) or "rows",
            queryset=rows.queryset,
            columns=self.columns,
            filters=rows.filters,
            query=filters_of(query),
            prepare=self.prepare,
        )


_listings: dict[str, Listing] = {}


def register(*listings: Listing) -> None:
    """Let the exports of lists be saved and run, under their models' names."""
    _listings.update({listing.key: listing for listing in listings})


def every_listing() -> dict[str, Listing]:
    return dict(_listings)


def listings_for(user: Staff) -> list[Listing]:
    """Return the lists that a person may see and export."""
    return [listing for listing in _listings.values() if listing.may_export(user)]


def title_of(key: str) -> str:
    """Return a list's title, also of one that is no longer there."""
    return str(_listings[key].title) if key in _listings else key


def table_of(key: str, *, user: Staff, query: str) -> Table:
    """Return what a person may export of a list under these filters.

    Raises PermissionDenied where they may not, and UnusableFiltersError.
    """
    if key not in _listings:
        raise PermissionDenied
    return _listings[key].table(user=user, query=query)
