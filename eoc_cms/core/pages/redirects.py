"""Lead from an address that a page has left to where it stands now.

Wagtail answers with 301 or 302, after which a browser asks again with GET: what a
visitor has typed into a form whose page was moved meanwhile would be gone. 308 and
307 say the same but have the browser send the form again (RFC 9110, §15.4). The query
goes along, since a form in steps is known by it.

It also leads wherever a redirect says. A page that came back to an address of its own and was
unpublished led to itself for ever, so each way is followed here to its end before it is told.
"""

from urllib.parse import urlsplit

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import Resolver404, resolve
from django.utils.http import url_has_allowed_host_and_scheme
from wagtail.contrib.redirects import middleware
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Page, Site

KEEPS_BODY = {301: 308, 302: 307}
PAGES = "wagtail_serve"


class LeadsNowhereError(Exception):
    """A redirect leads to a page that is not there, or back to where it began."""


class RedirectMiddleware(middleware.RedirectMiddleware):
    def process_response(self, request: HttpRequest, response: HttpResponse) -> HttpResponse:
        led = super().process_response(request, response)
        if led is response:
            return response
        try:
            led["Location"] = end_of_the_way(request, led.url)
        except LeadsNowhereError:
            return response
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


def end_of_the_way(request: HttpRequest, address: str) -> str:
    """Return where a chain of redirects ends; raise LeadsNowhereError if it does not."""
    seen = {request.path}
    while (path := _path_here(request, address)) and not _is_there(request, path):
        following = _redirect_from(request, address, path)
        if path in seen or following is None or following.link is None:
            raise LeadsNowhereError
        seen.add(path)
        address = following.link
    if path in seen:
        raise LeadsNowhereError
    return address


def _redirect_from(request: HttpRequest, address: str, path: str) -> Redirect | None:
    """Return what leads on: the redirect of an address with its query, or else that of its path."""
    with_query = urlsplit(address)._replace(scheme="", netloc="").geturl()
    tried = (Redirect.normalise_path(each) for each in (with_query, path))
    return next(filter(None, (middleware.get_redirect(request, each) for each in tried)), None)


def _path_here(request: HttpRequest, address: str) -> str:
    """Return the path of an address on this site, or nothing for one elsewhere."""
    parts = urlsplit(address)
    is_here = not parts.netloc or _host(parts.netloc) == _host(request.get_host())
    return parts.path if is_here and parts.path.startswith("/") else ""


def _host(netloc: str) -> str:
    """Return a host as all its spellings have it: in small letters, without the usual port."""
    return netloc.lower().removesuffix(":80").removesuffix(":443")


def _is_there(request: HttpRequest, path: str) -> bool:
    """Say whether something answers at a path: a page that is live, or any view but pages'."""
    try:
        match = resolve(path)
    except Resolver404:
        return not path.endswith("/") and _is_there(request, f"{path}/")
    if match.url_name != PAGES:
        return True
    site = Site.find_for_request(request)
    return site is not None and _is_live(request, site.root_page, match.args[0])


def _is_live(request: HttpRequest, root: Page, path: str) -> bool:
    try:
        found = root.specific.route(request, [part for part in path.split("/") if part])
    except Http404:
        return False
    return not getattr(found.page, "has_expired", False)


def forget_own_address(instance: Page, **kwargs: object) -> None:
    """Forget redirects made by themselves from where a page, or one below it, stands now."""
    pages = instance.get_descendants(inclusive=True)
    made = Redirect.objects.filter(redirect_page__in=pages, automatically_created=True)
    own = [
        redirect.pk
        for redirect in made.select_related("redirect_page")
        if redirect.link and Redirect.normalise_path(redirect.link) == redirect.old_path
    ]
    made.filter(pk__in=own).delete()
