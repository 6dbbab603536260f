"""Pages that only some may see: strangers sign in, and others are told that it is not theirs."""

from collections.abc import Callable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.models import Page, PageViewRestriction

Serve = Callable[..., HttpResponse]


def tell_those_outside_the_groups(serve: Serve) -> Serve:
    """Refuse who is signed in and in none of a page's groups.

    Wagtail would lead them to the sign-in page, which leads whoever is signed in back again.
    """

    def serve_or_refuse(page: Page, request: HttpRequest, *args: Any) -> HttpResponse:
        if request.user.is_authenticated and any(map(_leaves_out(request), _groups_of(page))):
            raise PermissionDenied
        return serve(page, request, *args)

    return serve_or_refuse


def _groups_of(page: Page) -> list[PageViewRestriction]:
    kind = PageViewRestriction.GROUPS
    return [each for each in page.get_view_restrictions() if each.restriction_type == kind]


def _leaves_out(request: HttpRequest) -> Callable[[PageViewRestriction], bool]:
    return lambda restriction: not restriction.accept_request(request)


def may_see(request: HttpRequest, page: Page) -> bool:
    """Say whether none of a page's restrictions keeps it from whoever asks.

    Files hang on this, so it is asked of the database, whatever a page of ours remembers.
    """
    return all(each.accept_request(request) for each in Page.get_view_restrictions(page))
