"""The orders in which the list of resources can stand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Case, F, FloatField, Func, Max, OuterRef, Subquery, Value, When
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce, Greatest, Lower, NullIf, Round
from django.db.models.lookups import Exact
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from wagtail.query import PageQuerySet

from resources.models import ResourceFile


@dataclass(frozen=True, kw_only=True)
class Order:
    name: str
    label: str | Promise
    arrange: Callable[[PageQuerySet], PageQuerySet]


class ByLetters(Func):
    """A text compared letter by letter as it stands, which PostgreSQL leaves to its settings."""

    template = "%(expressions)s"

    def as_postgresql(self, compiler: Any, connection: Any, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template='(%(expressions)s) COLLATE "C"')


# Pages that were never published by the books stand as the oldest of all.
NEWEST_FIRST = (F("first_published_at").desc(nulls_last=True), "-pk")
OLDEST_FIRST = (F("first_published_at").asc(nulls_first=True), "pk")


def _by_title(pages: PageQuerySet) -> PageQuerySet:
    titles = [NullIf(f"{kind}__sort_title", Value("")) for kind in ("resourcepage", "videopage")]
    return pages.order_by(ByLetters(Coalesce(*titles, Lower("title"))), *NEWEST_FIRST)


def _shortest(pages: PageQuerySet) -> PageQuerySet:
    """Put the quickest to read or watch first, and what has no known length last."""
    needed = Coalesce(_minutes_to_read(), _minutes_to_watch()).asc(nulls_last=True)
    return pages.annotate(of_pages=_longest_file()).order_by(needed, *NEWEST_FIRST)


def _longest_file() -> Subquery:
    files = ResourceFile.objects.order_by().filter(resource=OuterRef("pk")).values("resource")
    return Subquery(files.annotate(most=Max("document__page_count")).values("most"))


def _minutes_to_read() -> Combinable:
    """Return `ResourcePage.minutes_needed` where it has pages; see `reading_minutes`."""
    # Python rounds a half to the even minute, databases do not agree: 25 to 24 are the
    # minutes to a page, so the halves are those of 12, 36, 60 … pages.
    up = (F("of_pages") * 25 + 12) / 24
    rounded = Case(When(of_pages__gt=0, then=Greatest(1, up - _is_half_and_odd())))
    return Coalesce(NullIf("resourcepage__minutes", 0), rounded, output_field=FloatField())


def _is_half_and_odd() -> Combinable:
    """Return 1 for every other page count whose minutes end in a half: 12, 60, 108 …."""
    return Case(When(Exact(F("of_pages") % 48, 12), then=1), default=0)


def _minutes_to_watch() -> Combinable:
    """Return `VideoPage.minutes_needed`."""
    of_file = Round("videopage__video_file__duration")
    given = Cast("videopage__length_seconds", FloatField())
    return Coalesce(NullIf(given, 0.0), NullIf(of_file, 0.0)) / 60.0


NEWEST = Order(
    name="newest", label=_("Newest"), arrange=lambda pages: pages.order_by(*NEWEST_FIRST)
)
OLDEST = Order(
    name="oldest", label=_("Oldest"), arrange=lambda pages: pages.order_by(*OLDEST_FIRST)
)
ORDERS = (
    NEWEST,
    OLDEST,
    Order(name="title", label=_("Title"), arrange=_by_title),
    Order(name="shortest", label=_("Shortest"), arrange=_shortest),
)
DEFAULT_ORDER = NEWEST


def read_order(name: str) -> Order:
    return next((order for order in ORDERS if order.name == name), DEFAULT_ORDER)
