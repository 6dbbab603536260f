"""What the list can be narrowed by, and how many resources each choice would leave.

Choices of one facet widen each other, choices of different facets narrow: two
topics and one format mean either topic in that format. A count says what a choice
would find together with the choices of the other facets.
"""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.catalogue.entries import Listed
from resources.catalogue.ordering import sortable
from resources.models import Audience, Topic

# Values by facet, as addresses write them.
Chosen = dict[str, list[str]]
# For each value, its words.
Labels = dict[str, str]
# Stands for all values of a facet that no visible resource has; no slug can be this.
UNKNOWN = "?"


@dataclass(frozen=True, kw_only=True)
class Facet:
    name: str
    title: str | Promise
    labels_of: Callable[[Listed], Labels]


def _slugs(items: Iterable[Topic | Audience]) -> Labels:
    return {item.slug: item.name for item in items}


def _access(page: Listed) -> Labels:
    if page.is_gated:
        return {"form": gettext("Free, short form")}
    return {"open": gettext("Open to all")}


FACETS = (
    Facet(name="topic", title=_("Topic"), labels_of=lambda page: _slugs(page.topics.all())),
    Facet(
        name="audience",
        title=_("Who it is for"),
        labels_of=lambda page: _slugs(page.audiences.all()),
    ),
    Facet(
        name="format",
        title=_("Format"),
        labels_of=lambda page: {slug: str(name) for slug, name in page.formats.items()},
    ),
    Facet(name="access", title=_("How to get it"), labels_of=_access),
)


class Row:
    """One resource with its values for every facet, worked out once."""

    def __init__(self, page: Listed) -> None:
        self.page = page
        self.labels = {facet.name: facet.labels_of(page) for facet in FACETS}

    def fits(self, chosen: Chosen, *, leaving_out: str = "") -> bool:
        return all(
            not values or name == leaving_out or any(value in self.labels[name] for value in values)
            for name, values in chosen.items()
        )


@dataclass(frozen=True, kw_only=True)
class Choice:
    value: str
    label: str
    count: int
    is_chosen: bool

    @property
    def is_dead_end(self) -> bool:
        """Whether it would find nothing; a chosen one must stay, to be taken away."""
        return not self.count and not self.is_chosen


@dataclass(frozen=True, kw_only=True)
class Group:
    name: str
    title: str | Promise
    choices: list[Choice]


def labels_by_facet(rows: Iterable[Row]) -> dict[str, Labels]:
    """Return all values that visible resources have, each facet's in order of its words.

    What no visible resource has is no choice, so a draft's topic shows nowhere.
    """
    rows = list(rows)
    found = {}
    for facet in FACETS:
        labels = {value: text for row in rows for value, text in row.labels[facet.name].items()}
        found[facet.name] = dict(sorted(labels.items(), key=lambda item: sortable(item[1])))
    return found


def read_chosen(query: QueryDict, labels: dict[str, Labels]) -> Chosen:
    """Return the values of an address, the known in our order and the unknown as one.

    What is not known any more finds nothing and is shown, so that it can be taken away.
    """
    return {name: _read(query.getlist(name), known) for name, known in labels.items()}


def _read(asked: list[str], known: Labels) -> list[str]:
    values = {value for value in asked if value}
    unknown = [UNKNOWN] if values - known.keys() else []
    return [value for value in known if value in values] + unknown


def describe(name: str, value: str, labels: dict[str, Labels]) -> str:
    """Return the words of a chosen value."""
    if value != UNKNOWN:
        return labels[name][value]
    facet = next(facet for facet in FACETS if facet.name == name)
    return gettext("%(facet)s: not known any more") % {"facet": facet.title}


def narrow(rows: Iterable[Row], chosen: Chosen) -> list[Row]:
    return [row for row in rows if row.fits(chosen)]


def build_groups(rows: list[Row], chosen: Chosen, labels: dict[str, Labels]) -> list[Group]:
    """Return the facets that can narrow this list, with counts."""
    groups = []
    for facet in FACETS:
        known = labels[facet.name]
        everywhere = all(set(row.labels[facet.name]) == set(known) for row in rows)
        if everywhere and not chosen[facet.name]:
            continue  # Every resource has the same: nothing to choose.
        groups.append(
            Group(name=facet.name, title=facet.title, choices=_choices(facet, rows, chosen, known))
        )
    return groups


def _choices(facet: Facet, rows: list[Row], chosen: Chosen, known: Labels) -> list[Choice]:
    left = [row for row in rows if row.fits(chosen, leaving_out=facet.name)]
    counts = Counter(value for row in left for value in row.labels[facet.name])
    return [
        Choice(
            value=value,
            label=label,
            count=counts[value],
            is_chosen=value in chosen[facet.name],
        )
        for value, label in known.items()
    ]
