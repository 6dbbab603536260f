"""The orders in which the list of resources can stand."""

import unicodedata
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from resources.catalogue.entries import Listed


@dataclass(frozen=True, kw_only=True)
class Order:
    name: str
    label: str | Promise
    arrange: Callable[[list[Listed]], list[Listed]]


def sortable(text: str) -> str:
    """Return text as it is sorted: capitals and accents make no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


def _by_title(pages: list[Listed]) -> list[Listed]:
    return sorted(pages, key=lambda page: sortable(page.card_title))


def _shortest(pages: list[Listed]) -> list[Listed]:
    """Put the quickest to read or watch first, and what has no known length last."""
    return sorted(pages, key=lambda page: page.minutes_needed or float("inf"))


# Each takes the newest first, and keeps that order among equals.
ORDERS = (
    Order(name="newest", label=_("Newest"), arrange=list),
    Order(name="oldest", label=_("Oldest"), arrange=lambda pages: pages[::-1]),
    Order(name="title", label=_("Title"), arrange=_by_title),
    Order(name="shortest", label=_("Shortest"), arrange=_shortest),
)
DEFAULT_ORDER = ORDERS[0]


def read_order(name: str) -> Order:
    return next((order for order in ORDERS if order.name == name), DEFAULT_ORDER)
