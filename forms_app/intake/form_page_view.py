"""The page of a form: what it asks, the answer it takes, and its thanks."""

from datetime import datetime
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.cache import patch_cache_control

from eoc_cms.core.http import RETRY_AFTER_SECONDS, with_secret_address
from eoc_cms.core.pages.view import PageView, earliest
from forms_app.intake.answering import Outcome, open_form, take_answer
from forms_app.intake.typed_page import SHOWS_TYPED, show_typed
from forms_app.intake.unfinished import ANSWER
from forms_app.models import FormPage, Submission

RECEIPT_SALT = "eoc.receipt"
RECEIPT_SECONDS = 24 * 60 * 60


class FormPageView(PageView[FormPage]):
    """Shows the form, takes an answer, or shows the thank-you page of a receipt."""

    allowed_methods = ("GET", "HEAD", "POST")

    def respond(self, request: HttpRequest, **routed: object) -> HttpResponse:
        if request.method != "POST" and (receipt := read_receipt(request)):
            return self.thank(request, receipt=receipt)
        if request.method == "POST":
            outcome = take_answer(request, form_page=self.page, source=self.page)
        else:
            outcome = open_form(request, form_page=self.page, source=self.page)
        if outcome.submission is None:
            return show_outcome(request, self, outcome)
        receipt = sign_receipt(outcome.submission)
        return HttpResponseRedirect(f"{self.page.get_url(request)}?receipt={receipt}", status=303)

    def is_same_for_everyone(self, request: HttpRequest) -> bool:
        return request.method != "POST" and super().is_same_for_everyone(request)

    def next_change_at(self) -> datetime | None:
        return earliest(super().next_change_at(), self.page.next_opening_change())

    def thank(self, request: HttpRequest, *, receipt: str) -> HttpResponse:
        is_held = Submission.objects.held().filter(receipt=receipt).exists()
        chosen = None if is_held else self.page.visible_thanks_page()
        if chosen:
            return HttpResponseRedirect(chosen.get_url(request), status=303)
        response = self.render(
            request, {"submission": receipt, "is_held": is_held, "noindex": True}
        )
        response.template_name = self.page.landing_page_template
        return response


def show_outcome(
    request: HttpRequest,
    view: PageView[Any],
    outcome: Outcome,
    *,
    place: str = "",
    **also_shown: object,
) -> HttpResponse:
    """Render a page around a form, or lead to the address of a step.

    `place` is the fragment of the form on its page.
    """
    if outcome.go_to:
        address = f"{view.page.get_url(request)}{outcome.go_to}{place}"
        return HttpResponseRedirect(address, status=303)
    if outcome.form is None:
        return show_typed(request, outcome.typed, outcome.status, why=outcome.changes)
    if outcome.form.is_full:
        # A place may be free again at any moment, by whatever road.
        view.may_be_kept = False
    shown = {
        **also_shown,
        "form": outcome.form,
        "changes": outcome.changes,
        "typed": outcome.typed,
        "has_errors": bool(outcome.form.errors or outcome.changes),
    }
    if ANSWER in request.GET:
        shown["noindex"] = True
    response = view.render(request, shown, status=outcome.status)
    setattr(response, SHOWS_TYPED, True)
    if outcome.status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    if ANSWER in request.GET:
        # Not "no-store", under which browsers forget what was typed but not yet sent.
        patch_cache_control(with_secret_address(response), private=True, no_cache=True)
    return response


def sign_receipt(submission: Submission) -> str:
    return signing.dumps(submission.receipt, salt=RECEIPT_SALT)


def read_receipt(request: HttpRequest) -> str:
    """Return the receipt number that the address carries, or an empty text."""
    try:
        return signing.loads(
            request.GET.get("receipt", ""), salt=RECEIPT_SALT, max_age=RECEIPT_SECONDS
        )
    except signing.BadSignature:
        return ""
