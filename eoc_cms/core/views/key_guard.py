"""One door for the keys of records that stand in addresses, whatever view answers them.

Many views, Wagtail's among them, ask the database for whatever an address says. A word or
a number that no column can hold would end there in an error of the server's, so neither
comes that far: it is the key of nothing, and what is not there is not found.
"""

import logging
import re
from collections.abc import Callable
from typing import Any

from django.core.paginator import InvalidPage
from django.db import DataError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.views.defaults import page_not_found
from wagtail.admin.auth import require_admin_access

from eoc_cms.core.http import GetResponse
from eoc_cms.core.keys import LARGEST, read_key
from eoc_cms.core.views import errors

logger = logging.getLogger(__name__)

ADMIN = "admin/"
NAMES_A_KEY = re.compile(r"(?:^|_)(?:pk|id)(?:_|$)")
# What Wagtail lets stand in the place of a key.
WORDS = {"live", "earliest", "latest", "all", "root"}
# How Django and Python say that a text is no number, or that it has too many digits.
NO_NUMBER = ("expected a number but got", "invalid literal for int()", "Exceeds the limit (")
# Wagtail calls a block's name so too.
ANY_ID = "id"
WAY_ON = "next"


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
        route = request.resolver_match.route if request.resolver_match else ""
        if not route.startswith(ADMIN):
            if not may_exist:
                raise Http404
            return None
        if may_exist and _may_be_asked(request.GET) and _lead_on(request.GET, request.POST):
            return None
        answer: HttpResponse = require_admin_access(_nothing_here)(request)
        return answer

    def process_exception(self, request: HttpRequest, error: Exception) -> HttpResponse | None:
        """Answer for what slips through in a parameter, which each view reads in its own way."""
        if isinstance(error, OverflowError | DataError | InvalidPage) or _is_no_number(error):
            # Should it be ours after all, this tells where.
            logger.warning("What was sent could not be used.", exc_info=error)
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
        value == "" or may_be_key(name, value)
        for name, values in query.lists()
        if name != ANY_ID
        for value in values
    )


def _lead_on(*queries: QueryDict) -> bool:
    """Say whether each way on is an address; Django would look for a view of another name."""
    ways = [way for query in queries for way in query.getlist(WAY_ON)]
    return all(way == "" or "/" in way or "." in way for way in ways)


def _is_no_number(error: Exception) -> bool:
    """Say whether a text was refused where a number belongs."""
    return isinstance(error, ValueError) and any(words in str(error) for words in NO_NUMBER)


def _nothing_here(request: HttpRequest) -> HttpResponse:
    return page_not_found(request, Http404(), template_name="wagtailadmin/404.html")
