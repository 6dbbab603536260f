"""What the list can be narrowed by, and how many resources each choice would leave.

Choices of one facet widen each other, choices of different facets narrow: two
topics and one format mean either topic in that format. A count says what a choice
would find together with the choices of the other facets.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import reduce
from operator import or_

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from resources.catalogue.survey import Mark, Survey
from resources.models import VideoPage
from resources.models.file_facts import name_of_format
from resources.models.sort_title import sortable

# Values by facet, as addresses write them.
Chosen = dict[str, list[str]]
# For each value, its words and which pages have it.
Values = dict[str, tuple[str, Mark]]
# Stands for all values of a facet that no visible resource has; no slug can be this.
UNKNOWN = "?"


@dataclass(frozen=True, kw_only=True)
class Facet:
    name: str
    title: str | Promise
    values_in: Callable[[Survey], Values]


def _topics(survey: Survey) -> Values:
    return {slug: (name, mark) for (slug, name), mark in survey.topics.items()}


def _audiences(survey: Survey) -> Values:
    return {slug: (name, mark) for (slug, name), mark in survey.audiences.items()}


def _formats(survey: Survey) -> Values:
    values = {slug: (str(name), survey.videos) for slug, name in VideoPage.formats.items()}
    for extension, mark in sorted(survey.extensions.items()):
        name = name_of_format(extension)
        _name, same = values.get(slugify(name), (name, 0))
        values[slugify(name)] = (name, mark | same)
    return values


def _access(survey: Survey) -> Values:
    return {
        "form": (gettext("Free, short form"), survey.gated),
        "open": (gettext("Open to all"), survey.everything & ~survey.gated),
    }


FACETS = (
    Facet(name="topic", title=_("Topic"), values_in=_topics),
    Facet(name="audience", title=_("Who it is for"), values_in=_audiences),
    Facet(name="format", title=_("Format"), values_in=_formats),
    Facet(name="access", title=_("How to get it"), values_in=_access),
)


def known_values(survey: Survey) -> dict[str, Values]:
    """Return all values that visible resources have, each facet's in order of its words.

    What no visible resource has is no choice, so a draft's topic shows nowhere.
    """
    return {facet.name: _sorted(facet.values_in(survey)) for facet in FACETS}


def _sorted(values: Values) -> Values:
    items = [(value, (words, mark)) for value, (words, mark) in values.items() if value and mark]
    return dict(sorted(items, key=lambda item: sortable(item[1][0])))


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


def read_chosen(query: QueryDict, known: dict[str, Values]) -> Chosen:
    """Return the values of an address, the known in our order and the unknown as one.

    What is not known any more finds nothing and is shown, so that it can be taken away.
    """
    return {name: _read(query.getlist(name), values) for name, values in known.items()}


def _read(asked: list[str], known: Values) -> list[str]:
    values = {value for value in asked if value}
    unknown = [UNKNOWN] if values - known.keys() else []
    return [value for value in known if value in values] + unknown


def describe(name: str, value: str, known: dict[str, Values]) -> str:
    """Return the words of a chosen value."""
    if value != UNKNOWN:
        words, _mark = known[name][value]
        return words
    facet = next(facet for facet in FACETS if facet.name == name)
    return gettext("%(facet)s: not known any more") % {"facet": facet.title}


def narrow(everything: Mark, chosen: Chosen, known: dict[str, Values]) -> Mark:
    """Return the mark of what has one of the chosen values of each facet."""
    for name, values in chosen.items():
        if values:
            marks = (known[name][value][1] for value in values if value != UNKNOWN)
            everything &= reduce(or_, marks, 0)
    return everything


def build_groups(everything: Mark, chosen: Chosen, known: dict[str, Values]) -> list[Group]:
    """Return the facets that can narrow this list, with counts."""
    return [
        _group(facet, everything, chosen, known)
        for facet in FACETS
        # Where every resource has the same, there is nothing to choose.
        if chosen[facet.name] or any(mark != everything for _, mark in known[facet.name].values())
    ]


def _group(facet: Facet, everything: Mark, chosen: Chosen, known: dict[str, Values]) -> Group:
    left = narrow(everything, {**chosen, facet.name: []}, known)
    choices = [
        Choice(
            value=value,
            label=words,
            count=(mark & left).bit_count(),
            is_chosen=value in chosen[facet.name],
        )
        for value, (words, mark) in known[facet.name].items()
    ]
    return Group(name=facet.name, title=facet.title, choices=choices)
