"""Rules that hold for every request and response, whatever view answers it."""

from collections.abc import Callable
from contextlib import suppress
from typing import TypeVar
from urllib.parse import parse_qsl, unquote, urlencode, urlsplit

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase, StreamingHttpResponse
from django.utils.cache import patch_cache_control

Response = TypeVar("Response", bound=HttpResponseBase)
GetResponse = Callable[[HttpRequest], HttpResponse]

MAX_REST = 50_000_000  # bytes; whoever sends more is not filling in a form
REST_CHUNK = 65_536
NUL, UNREADABLE = "\x00", "\ufffd"
# Deeper than anything of ours decodes what it was sent.
MOST_DECODINGS = 10
# After a fault of ours that passes, such as a database that restarts.
RETRY_AFTER_SECONDS = 30


def place_asked(request: HttpRequest) -> str:
    """Return what decides which site answers and how it names its pages, before the path.

    Wagtail looks for the site by the server's port, whatever the host's name ends with.
    """
    return f"{request.scheme}://{request.get_host()}|{request.get_port()}"


class BodylessHeadMiddleware:
    """Answer HEAD like GET, without the body (RFC 9110 §9.3.2).

    Views need not know of it. What they send would be thrown away by the server, with a
    warning for each.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method == "HEAD":
            empty(response)
        return response


def empty(response: HttpResponseBase) -> None:
    """Take the body out, and leave what the headers say of it."""
    if isinstance(response, StreamingHttpResponse):
        response.streaming_content = []
    elif isinstance(response, HttpResponse):
        response.headers.setdefault("Content-Length", str(len(response.content)))
        response.content = b""


class InputGuardMiddleware:
    """Keep what no page can use away from the views, and always let the sender finish.

    PostgreSQL refuses text that holds a NUL, so an address such as `/%00/` or `?q=%2500`,
    which is decoded once more on its way, would end in a server error. A sign stands in
    its place, since a filter left empty finds everything.
    """

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        request.path_info = without_nul(request.path_info)
        query = request.META.get("QUERY_STRING", "")
        if without_nul(query) != query:
            pairs = parse_qsl(query, keep_blank_values=True)
            clean = [(without_nul(name), without_nul(value)) for name, value in pairs]
            request.META["QUERY_STRING"] = urlencode(clean)
        for name in [name for name, value in request.COOKIES.items() if NUL in value]:
            # Another site of the same domain may have set it.
            del request.COOKIES[name]
        response = self.get_response(request)
        take_in_the_rest(request)
        return response


def without_nul(text: str) -> str:
    """Put a sign in the place of each NUL, however often it is encoded."""
    decoded = text
    for _ in range(MOST_DECODINGS):
        if NUL in decoded:
            text = decoded = decoded.replace(NUL, UNREADABLE)
        once_more = unquote(decoded)
        if once_more == decoded:
            break
        decoded = once_more
    return text


def take_in_the_rest(request: HttpRequest) -> None:
    """Read and forget what no view has read of the body.

    The server closes a connection whose body was not read, and a browser that is
    still sending then shows an error of its own instead of our answer.
    """
    with suppress(OSError):
        for _ in range(0, MAX_REST, REST_CHUNK):
            if not request.read(REST_CHUNK):
                break


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
    try:
        return urlsplit(origin).netloc.lower() == request.get_host().lower()
    except ValueError:
        # Not an address at all, so not one of ours.
        return False


def with_secret_address(response: Response) -> Response:
    """Keep a page whose address itself opens something from search engines and referrers.

    Only the site's name is told. Under "no-referrer", browsers that do not know
    Sec-Fetch-Site yet would send the page's own form with `Origin: null`.
    """
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "strict-origin"
    return response
