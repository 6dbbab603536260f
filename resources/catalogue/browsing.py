"""One state of the list of resources: what its address asks for, and what that shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from django.core.paginator import Page as ListPage
from django.core.paginator import Paginator
from django.http import QueryDict
from django.utils.functional import Promise
from wagtail.models import Page

from resources.catalogue.entries import Listed, load
from resources.catalogue.facets import (
    FACETS,
    UNKNOWN,
    Chosen,
    Group,
    build_groups,
    describe,
    known_values,
    narrow,
    read_chosen,
)
from resources.catalogue.ordering import DEFAULT_ORDER, ORDERS, Order, read_order
from resources.catalogue.survey import Mark, Survey, marked
from resources.catalogue.visibility import is_shown

PER_PAGE = 12


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link to another state; `query` may be empty, which means the whole list."""

    label: str | Promise
    query: str
    is_current: bool = False
    count: int = 0


class Browsing:
    """Reads an address and answers what the template shows.

    Whatever an address holds, there is an answer: an unknown value finds nothing, and a
    page that is not there becomes the nearest one.
    """

    def __init__(self, page: Page, survey: Survey, query: QueryDict) -> None:
        self.survey = survey
        self.known = known_values(survey)
        self.chosen = read_chosen(query, self.known)
        self.order = read_order(query.get("sort", ""))
        found = Found(page, survey, self._narrowed(self.chosen), self.order)
        self.page_obj: ListPage = Paginator(found, PER_PAGE).get_page(query.get("page"))

    @property
    def total(self) -> int:
        return len(self.survey.keys)

    @property
    def number_chosen(self) -> int:
        return sum(len(values) for values in self.chosen.values())

    @property
    def is_whole_list(self) -> bool:
        """Whether search engines should keep this state: nothing narrowed or reordered."""
        return not self.number_chosen and self.order is DEFAULT_ORDER

    @property
    def is_common(self) -> bool:
        """Whether the page cache may keep this state.

        One choice at the most, in the usual order: as many addresses as there are
        labels and pages. Combinations are without number, and would let a stranger
        fill the cache.
        """
        is_known = all(UNKNOWN not in values for values in self.chosen.values())
        return is_known and self.number_chosen <= 1 and self.order is DEFAULT_ORDER

    @cached_property
    def groups(self) -> list[Group]:
        return build_groups(self.survey.everything, self.chosen, self.known)

    @property
    def orders(self) -> list[Link]:
        return [
            Link(
                label=order.label,
                query=write_query(self.chosen, order),
                is_current=order is self.order,
            )
            for order in ORDERS
        ]

    @cached_property
    def removals(self) -> list[Link]:
        """For each chosen value, the state without it and what that finds."""
        return [
            self._without(name, value) for name, values in self.chosen.items() for value in values
        ]

    @property
    def ways_out(self) -> list[Link]:
        """The removals that find something, most first, for a state that finds nothing."""
        useful = [link for link in self.removals if link.count]
        return sorted(useful, key=lambda link: -link.count)

    @property
    def query(self) -> str:
        """The address of this state without its page, for the links between pages."""
        return write_query(self.chosen, self.order)

    @property
    def full_query(self) -> str:
        return write_query(self.chosen, self.order, page=self.page_obj.number)

    @property
    def hidden_sort(self) -> str:
        """What the form of choices must send along to keep the order."""
        return "" if self.order is DEFAULT_ORDER else self.order.name

    @property
    def whole_query(self) -> str:
        return write_query({}, self.order)

    def _without(self, name: str, value: str) -> Link:
        rest = {**self.chosen, name: [other for other in self.chosen[name] if other != value]}
        return Link(
            label=describe(name, value, self.known),
            query=write_query(rest, self.order),
            count=self._narrowed(rest).bit_count(),
        )

    def _narrowed(self, chosen: Chosen) -> Mark:
        return narrow(self.survey.everything, chosen, self.known)


class Found(Sequence[Listed]):
    """What a state finds, in its order; only what is on one page of the list is read."""

    def __init__(self, page: Page, survey: Survey, mark: Mark, order: Order) -> None:
        self.page = page
        self.survey = survey
        self.mark = mark
        self.order = order

    def __len__(self) -> int:
        return self.mark.bit_count()

    def __getitem__(self, wanted: Any) -> Any:
        keys = marked(self.page, self.survey, self.mark, self.order, wanted)
        # Whatever was kept of the list, what strangers may not see is not shown.
        return load(keys, only=is_shown())


def write_query(chosen: Chosen, order: Order, *, page: int = 1) -> str:
    """Return the one query string of a state, whatever order an address had it in."""
    pairs = [(facet.name, value) for facet in FACETS for value in chosen.get(facet.name, [])]
    if order is not DEFAULT_ORDER:
        pairs.append(("sort", order.name))
    if page > 1:
        pairs.append(("page", str(page)))
    return urlencode(pairs)
