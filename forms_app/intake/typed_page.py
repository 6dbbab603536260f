"""Show what was typed wherever a POST of a visitor ends in an error.

A page may be gone, closed or broken when a form is sent to it. Whoever filled it in then
reads why, with everything that they typed.
"""

from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.html import escape
from django.utils.translation import gettext as _

from eoc_cms.core.http import GetResponse
from forms_app.asking.visitor_form import VERSION
from forms_app.intake.typed import Typed, typed_in

# Wagtail's own forms, of staff and of whoever signs in or gives a password.
WAGTAILS = ("/admin/", "/_util/")
KEPT_HEADERS = {"Retry-After", "Allow"}
# Set on an answer that shows what was typed by itself.
SHOWS_TYPED = "shows_typed"
# Redirects, and those after which the same is sent once more (RFC 9110 §15.4).
WITH_BODY = {301: 308, 302: 307}


class TypedTextMiddleware:
    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.method != "POST" or request.path_info.startswith(WAGTAILS):
            return response
        if response.status_code in WITH_BODY and not _leads_to_signing_in(response):
            # Browsers follow the others with a GET, without what was typed.
            response.status_code = WITH_BODY[response.status_code]
        if _is_fine(request, response):
            return response
        typed = typed_in(request)
        if all(_shows(response, each.text) for each in typed):
            return response
        shown = show_typed(request, typed, max(response.status_code, 403))
        for name in KEPT_HEADERS & response.headers.keys():
            shown[name] = response[name]
        return shown


def _is_fine(request: HttpRequest, response: HttpResponse) -> bool:
    """Say whether a POST was taken, or its page shows what was typed.

    A visitor's form is taken by a view that says so. Any other answer to it, such as a
    page that asks for a password by now, has come from somewhere else.
    """
    if getattr(response, SHOWS_TYPED, False) or response.status_code in {303, *WITH_BODY.values()}:
        return True
    return response.status_code < 400 and VERSION not in request.POST


def _leads_to_signing_in(response: HttpResponse) -> bool:
    return f"?{REDIRECT_FIELD_NAME}=" in response.get("Location", "")


def _shows(response: HttpResponse, text: str) -> bool:
    """Say whether the page repeats a text, as a form does that has refused it."""
    content = "" if response.streaming else response.content.decode(errors="replace")
    return all(line in content for line in escape(text).splitlines())


def show_typed(
    request: HttpRequest, typed: Iterable[Typed], status: int, why: Iterable[str] = ()
) -> HttpResponse:
    """Return a page with what was typed and why it was not taken."""
    shown = {
        "changes": list(why) or [_why(status)],
        "typed": typed,
        "site_name": settings.WAGTAIL_SITE_NAME,
    }
    response = render(request, "forms_app/typed.html", shown, status=status)
    setattr(response, SHOWS_TYPED, True)
    return response


def _why(status: int) -> str:
    if status in {404, 405, 410}:
        return _("The form that you sent is not here any more.")
    if status == 403:
        return _("This form was sent from another site, or your browser hides where it came from.")
    if status < 500:
        return _("What arrived here could not be read.")
    return _("Something went wrong on our side. Please try again in a few minutes.")
