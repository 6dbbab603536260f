"""Lead from an address that a page has left to where it stands now.

Wagtail answers with 301 or 302, after which a browser asks again with GET: what a
visitor has typed into a form whose page was moved meanwhile would be gone. 308 and
307 say the same but have the browser send the form again (RFC 9110, §15.4). The query
goes along, since a form in steps is known by it.
"""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect

KEEPS_BODY = {301: 308, 302: 307}


class RedirectMiddleware(middleware.RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        led = super().process_response(request, response)
        if led is response:
            return led
        if request.method not in {"GET", "HEAD"}:
            led.status_code = KEEPS_BODY.get(led.status_code, led.status_code)
        led["Location"] = _with_query(led["Location"], request)
        return led


def _with_query(address: str, request: HttpRequest) -> str:
    """Add the query that came, unless the redirect is one of that query or has its own."""
    query, parts = request.META.get("QUERY_STRING", ""), urlsplit(address)
    is_ours = url_has_allowed_host_and_scheme(address, {request.get_host()})
    if not query or parts.query or not is_ours or _is_of_query(request):
        return address
    return parts._replace(query=query).geturl()


def _is_of_query(request: HttpRequest) -> bool:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    return middleware.get_redirect(request, path) is not None
