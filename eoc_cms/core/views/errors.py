"""Error pages. The last one must not need anything that can be broken."""

from django.http import HttpRequest, HttpResponse
from django.template import loader
from django.views import defaults


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return HttpResponse(loader.render_to_string("400.html"), status=400)


def permission_denied(request: HttpRequest, exception: Exception) -> HttpResponse:
    return defaults.permission_denied(request, exception)


def page_not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    try:
        return defaults.page_not_found(request, exception)
    except Exception:
        # The page needs the menu and so the database; a missing page must not
        # become a server error when that is down.
        return HttpResponse(loader.render_to_string("500.html"), status=404)


def server_error(request: HttpRequest, *args: object) -> HttpResponse:
    return HttpResponse(loader.render_to_string("500.html"), status=500)
