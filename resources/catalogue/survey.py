"""What a list of resources is narrowed, counted and ordered by, until something changes.

The database says which pages have which label; here each label is one number with a bit for
each page, so that any state of the list is a few operations on numbers, however many pages
there are. A survey is worth what a kept page is worth: it is given up with the generation of
kept pages, and when the first of its pages expires or opens by itself. Where none is
remembered, one is made.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from itertools import islice, repeat
from typing import Any

from django.conf import settings
from django.db.models import Q
from django.db.models.functions import Right
from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.caching.remembered import Remembered
from resources.catalogue.entries import is_gated, next_change_among, stands_under
from resources.catalogue.joined import numbers_by, numbers_in
from resources.catalogue.ordering import DEFAULT_ORDER, OLDEST, Order
from resources.models import Audience, ResourceFile, ResourcePage, Topic, VideoPage

# So much of a file's name holds a dot and any extension that documents may have.
ENDING = 1 + max(map(len, settings.WAGTAILDOCS_EXTENSIONS))
ZERO, ONE = b"01"
# One bit for each page of a list; the newest is the lowest.
Mark = int


@dataclass(frozen=True, kw_only=True)
class Survey:
    # The newest first.
    keys: list[int]
    # By slug and name.
    topics: dict[tuple[str, str], Mark]
    audiences: dict[tuple[str, str], Mark]
    extensions: dict[str, Mark]
    videos: Mark
    gated: Mark
    changes_at: datetime | None

    @property
    def everything(self) -> Mark:
        return (1 << len(self.keys)) - 1

    @property
    def is_over(self) -> bool:
        return self.changes_at is not None and self.changes_at <= timezone.now()


_surveys = Remembered[Survey]()
_orders = Remembered[list[int]]()


def survey_of(page: Page) -> Survey:
    """Return the survey of a list: the one remembered since the last change, else a new one."""
    if page.pk is None:  # previewed before it is first saved
        return _survey(stands_under(page))
    return _surveys.get(
        page.pk, lambda: _survey(stands_under(page)), is_good=lambda survey: not survey.is_over
    )


def marked(page: Page, survey: Survey, mark: Mark, order: Order, wanted: slice) -> list[int]:
    """Return the keys of some of the pages with a mark, in an order."""
    bits = f"{mark:b}"[::-1].ljust(len(survey.keys), "0")
    places = (place for place in _places(page, survey, order) if bits[place] == "1")
    return [survey.keys[place] for place in islice(places, wanted.start, wanted.stop)]


def _places(page: Page, survey: Survey, order: Order) -> Iterable[int]:
    everyone = range(len(survey.keys))
    if order is DEFAULT_ORDER:
        return everyone
    if order is OLDEST:
        return reversed(everyone)
    place_of = {key: place for place, key in enumerate(survey.keys)}
    keys = _orders.get((page.pk, order.name), lambda: _keys(stands_under(page), order))
    return [place_of[key] for key in keys if key in place_of]


def _keys(pages: Q, order: Order) -> list[int]:
    return list(order.arrange(Page.objects.filter(pages)).values_list("pk", flat=True))


def _survey(pages: Q) -> Survey:
    keys = _keys(pages, DEFAULT_ORDER)
    marking = _Marking(keys)
    gated = ResourcePage.objects.filter(is_gated())
    return Survey(
        keys=keys,
        topics=marking.labels(Topic, "topics"),
        audiences=marking.labels(Audience, "audiences"),
        extensions=marking.each(_by_extension().items()),
        videos=marking.of(numbers_in(VideoPage.objects.all(), "pk")),
        gated=marking.of(numbers_in(gated, "pk")),
        changes_at=next_change_among(pages),
    )


def _by_extension() -> dict[str, list[int]]:
    """Return which resources have a file of each kind."""
    files = ResourceFile.objects.annotate(ending=Right("document__file", ENDING))
    found: dict[str, list[int]] = {}
    for ending, keys in numbers_by(files, "ending", "resource_id"):
        _name, dot, extension = ending.rpartition(".")
        found.setdefault(extension.lower() if dot else "", []).extend(keys)
    return found


class _Marking:
    """Turns keys of pages, those of other lists and hidden ones among them, into marks."""

    def __init__(self, keys: list[int]) -> None:
        self.place_of = {key: place for place, key in enumerate(keys)}

    def of(self, keys: Iterable[int]) -> Mark:
        bits = bytearray(b"0" * (len(self.place_of) + 1))
        # What is not in the list falls on the bit before all others, which counts for nothing.
        for place in map(self.place_of.get, keys, repeat(-1)):
            bits[-1 - place] = ONE
        bits[0] = ZERO
        return int(bits, 2)

    def each(self, groups: Iterable[tuple[Any, Iterable[int]]]) -> dict[Any, Mark]:
        """Return the mark of each group; what no page of the list has is left out."""
        marks: dict[Any, Mark] = {}
        for name, keys in groups:
            marks[name] = marks.get(name, 0) | self.of(keys)
        return {name: mark for name, mark in marks.items() if mark}

    def labels(self, model: type[Topic | Audience], relation: str) -> dict[Any, Mark]:
        rows = model.objects.order_by().values_list("pk", "slug", "name")
        names = {key: (slug, name) for key, slug, name in rows}
        label = f"{model._meta.model_name}_id"
        marked = [
            row
            for kind in (ResourcePage, VideoPage)
            for row in numbers_by(
                getattr(kind, relation).through.objects.all(), label, f"{kind._meta.model_name}_id"
            )
        ]
        return {names[key]: mark for key, mark in self.each(marked).items() if key in names}
