"""A page that is the same for many apart from one place: what stands around it is kept.

The page is rendered whole, with a mark in that place. From then on only what belongs there is
made for each visitor, until something that pages show changes or the clock changes the page.
"""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone

from eoc_cms.core.caching.page_cache import is_signed_in
from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.http import place_asked

# The name under which a template finds the mark.
PLACE = "place_for_visitor"


@dataclass(frozen=True, kw_only=True)
class Around:
    """The two sides of the place, as they are sent."""

    before: bytes
    after: bytes
    until: datetime | None

    @property
    def is_good(self) -> bool:
        return self.until is None or self.until > timezone.now()

    def with_part(self, part: str) -> bytes:
        return self.before + part.encode() + self.after


_kept = Remembered[Around]()


def may_be_parted(request: HttpRequest) -> bool:
    """Say whether a request asks for what everybody sees; staff see more."""
    return not request.META.get("QUERY_STRING") and not is_signed_in(request)


def around(
    request: HttpRequest,
    render: Callable[[dict[str, object]], bytes],
    *,
    until: Callable[[], datetime | None],
) -> Around:
    """Return what stands around the visitor's place on the page of this address.

    `render` returns the whole page for what is to be shown besides, and `until` when it
    changes without anybody editing it.
    """

    def make() -> Around:
        mark = secrets.token_hex()
        # Asked first: what changes while it is rendered is ahead then.
        moment = until()
        before, after = render({PLACE: mark}).split(mark.encode())
        return Around(before=before, after=after, until=moment)

    address = f"{place_asked(request)}{request.path}"
    return _kept.get(address, make, is_good=lambda kept: kept.is_good)
