"""A code that opens resources without the form: typed into a field, or followed as a link."""

from collections.abc import Callable
from functools import partial
from typing import TypeVar

from django.db import DatabaseError, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from eoc_cms.core.http import RETRY_AFTER_SECONDS, comes_from_this_site, with_secret_address
from eoc_cms.core.limits.clients import client_of
from eoc_cms.core.limits.counting import Limit, is_at_limit, is_within_limit
from forms_app.asking.visitor_form import is_trapped
from resources.gate.access import (
    PASS_PARAMETER,
    access_of,
    keys_in_cookie,
    make_pass,
    remember,
)
from resources.gate.code_form import CodeForm
from resources.gate.cohort_codes import CohortCodeError, find_code, open_with_code, opened_by
from resources.models import Grant

# Within ten minutes from one network. Only codes that open nothing count, since a
# whole convening shares one.
MOST_WRONG = 30
PAUSE_SECONDS = 600
TOO_MANY = gettext_lazy(
    "Too many codes that open nothing came from your network. Wait ten minutes."
)

Found = TypeVar("Found")


class RefusalError(Exception):
    """Why a code was not taken, in words for the visitor."""

    def __init__(self, words: str, *, status: int, retry_after: int = 0) -> None:
        super().__init__(words)
        self.status = status
        self.retry_after = retry_after  # seconds


# The code is the authority here; the request carries no other.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def enter_code(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST) if request.method == "POST" else CodeForm()
    if not form.is_valid():
        return _show_form(request, form)
    try:
        return _lead_to_opened(request, _use(request, form.cleaned_data["code"]))
    except RefusalError as refusal:
        return _show_refusal(request, form, refusal)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def code_link(request: HttpRequest, code: str) -> HttpResponse:
    """Show one button (GET, which counts no use), or give what the code opens (POST)."""
    try:
        if request.method == "POST":
            return _lead_to_opened(request, _use(request, code))
        return _show_button(request, code)
    except RefusalError as refusal:
        return _show_refusal(request, CodeForm({"code": code}), refusal, status_when_wrong=410)


@require_safe
def opened(request: HttpRequest) -> HttpResponse:
    """List what the visitor's codes have opened."""
    access = access_of(request)
    grants = [grant for grant in access.grants if grant.cohort_code_id]
    if not grants:
        return HttpResponseRedirect(reverse("enter_code"))
    if access.from_pass and {grant.key for grant in grants} <= set(keys_in_cookie(request)):
        # The browser keeps cookies, so the pass need not stay in its address bar.
        return HttpResponseRedirect(reverse("opened_by_code"))
    context = {
        "resources": opened_by(grant.cohort_code for grant in grants),
        "pass_token": access.from_pass,
    }
    return with_secret_address(render(request, "resources/opened_by_code.html", context))


def _use(request: HttpRequest, typed: str) -> Grant:
    if not comes_from_this_site(request):
        words = _("This form was sent from another site. Check it and send it here.")
        raise RefusalError(words, status=403)
    return _attempt(request, partial(_open, request, typed))


def _open(request: HttpRequest, typed: str) -> Grant:
    if is_trapped(request):
        raise CohortCodeError
    return open_with_code(typed=typed, held=access_of(request).grants)


def _attempt(request: HttpRequest, act: Callable[[], Found]) -> Found:
    """Return what a code leads to, unless too many that open nothing came; count one more."""
    period = int(timezone.now().timestamp()) // PAUSE_SECONDS
    wrong = Limit(what=f"wrong code {period}", who=client_of(request), most=MOST_WRONG)
    try:
        # One after the other for each network, so that no two are the last that may be tried.
        with transaction.atomic():
            if is_at_limit(wrong):
                raise RefusalError(str(TOO_MANY), status=429, retry_after=PAUSE_SECONDS)
            try:
                return act()
            except CohortCodeError:
                is_within_limit(wrong)
    except DatabaseError as error:
        words = _("We could not open this just now. Send the code again.")
        raise RefusalError(words, status=503, retry_after=RETRY_AFTER_SECONDS) from error
    # Whatever is wrong with a code, the words are the same.
    words = _(
        "This code opens nothing. It may be mistyped, have ended or be used up. "
        "Check it, or ask whoever gave it to you."
    )
    raise RefusalError(words, status=200)


def _lead_to_opened(request: HttpRequest, grant: Grant) -> HttpResponse:
    resources = list(opened_by([grant.cohort_code]))
    target = resources[0].get_url(request) if len(resources) == 1 else reverse("opened_by_code")
    response = HttpResponseRedirect(f"{target}?{PASS_PARAMETER}={make_pass(grant)}", status=303)
    remember(request, response, [grant])
    return with_secret_address(response)


def _show_button(request: HttpRequest, typed: str) -> HttpResponse:
    code, _kept = _attempt(request, lambda: find_code(typed, access_of(request).grants))
    context = {"resources": opened_by([code])}
    return with_secret_address(render(request, "resources/code_link.html", context))


def _show_refusal(
    request: HttpRequest, form: CodeForm, refusal: RefusalError, *, status_when_wrong: int = 200
) -> HttpResponse:
    is_wrong = refusal.status == 200
    form.refuse(str(refusal), about_the_code=is_wrong)
    status = status_when_wrong if is_wrong else refusal.status
    response = _show_form(request, form, status=status)
    if refusal.retry_after:
        response["Retry-After"] = str(refusal.retry_after)
    return response


def _show_form(request: HttpRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "has_errors": bool(form.errors)}
    return with_secret_address(render(request, "resources/enter_code.html", context, status=status))
