"""Rules that hold for every request and response, whatever view answers it."""

from collections.abc import Callable
from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_cache_control

GetResponse = Callable[[HttpRequest], HttpResponse]


class InputGuardMiddleware:
    """Keep NUL characters away from the database.

    PostgreSQL refuses text that holds one, so an address such as `/%00/` or
    `?q=%00` would end in a server error.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if "\x00" in request.path_info:
            request.path_info = request.path_info.replace("\x00", "")
        if "%00" in request.META.get("QUERY_STRING", ""):
            request.META["QUERY_STRING"] = request.META["QUERY_STRING"].replace("%00", "")
        return self.get_response(request)


class PrivateByDefaultMiddleware:
    """No answer may be stored by anybody unless the view has said so."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if not response.has_header("Cache-Control"):
            patch_cache_control(response, private=True, no_store=True)
        return response


def comes_from_this_site(request: HttpRequest) -> bool:
    """Say whether a POST was sent by one of our own pages, or by no page at all.

    The forms of strangers hold no token, since their pages are the same for
    everyone. Browsers tell the sender in `Sec-Fetch-Site` and `Origin`, which a
    page cannot forge (W3C Fetch Metadata; RFC 6454). A program that sends
    neither, such as curl, carries no cookie of a victim.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    if origin is None:
        return True
    return urlsplit(origin).netloc.lower() == request.get_host().lower()
