"""One door for the keys of records that stand in addresses, whatever view answers them.

Many views, Wagtail's among them, ask the database for whatever an address says. A word or
a number that no column can hold would end there in an error of the server's, so neither
comes that far: it is the key of nothing, and what is not there is not found.
"""

import re
from collections.abc import Callable
from typing import Any

from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.defaults import page_not_found
from wagtail.admin.auth import require_admin_access

from eoc_cms.core.http import GetResponse
from eoc_cms.core.keys import LARGEST, read_key
from eoc_cms.core.views import errors

ADMIN = "admin/"
NAMES_A_KEY = re.compile(r"(?:^|_)(?:pk|id)(?:_|$)")
# What Wagtail lets stand in the place of a key.
WORDS = {"live", "earliest", "latest", "all", "root"}
# Whatever Python would read as a whole number, with more digits than any key has.
OVERLONG = re.compile(r"\s*[+-]?[\d_]{20,}\s*")
# Wagtail calls a block's name `id` too, and what is searched for may be any number.
NOT_KEYS = {"id", "q"}
WAY_ON = "next"
# Our lists say in words which filter or value they do not know.
TELLS_IN_WORDS = re.compile(r"_modeladmin_(?:index|results)$")


class KeyGuardMiddleware:
    """Answer 404 for what is no key, and 400 for a number that no column can hold."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_view(
        self,
        request: HttpRequest,
        view: Callable[..., HttpResponse],
        args: tuple[Any, ...],
        kwargs: dict[str, Any],
    ) -> HttpResponse | None:
        may_exist = all(may_be_key(name, value) for name, value in kwargs.items())
        found = request.resolver_match
        route, name = (found.route, found.url_name or "") if found else ("", "")
        if not route.startswith(ADMIN):
            if not may_exist:
                raise Http404
            return None
        may_ask = bool(TELLS_IN_WORDS.search(name)) or _may_be_asked(request.GET)
        if may_exist and may_ask and _lead_on(request.GET, request.POST):
            return None
        answer: HttpResponse = require_admin_access(_nothing_here)(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what slips through in a form, which each view reads in its own way."""
        if isinstance(error, OverflowError | DataError) or _is_no_number(error):
            return errors.bad_request(request, error)
        return None


def may_be_key(name: str, value: object) -> bool:
    """Say whether a part of an address can be what its name says."""
    if isinstance(value, int) and not isinstance(value, bool):
        return 0 < value <= LARGEST
    if not isinstance(value, str) or not NAMES_A_KEY.search(name):
        return True
    return value in WORDS or bool(read_key(value))


def _may_be_asked(query: QueryDict) -> bool:
    return all(
        value == "" or (may_be_key(name, value) and not OVERLONG.fullmatch(value))
        for name, values in query.lists()
        if name not in NOT_KEYS
        for value in values
    )


def _lead_on(*queries: QueryDict) -> bool:
    """Say whether each way on is an address; Django would look for a view of another name."""
    ways = [way for query in queries for way in query.getlist(WAY_ON)]
    return all(way == "" or "/" in way or "." in way for way in ways)


def _is_no_number(error: Exception) -> bool:
    """Say whether Django has refused to look for a text where a column holds numbers."""
    return isinstance(error, ValueError) and "expected a number but got" in str(error)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
