"""Answer a visitor's form: the same way on a form page and on a resource."""

import logging
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.http import comes_from_this_site
from eoc_cms.core.pages.view import PageView, earliest
from forms_app.asking.file_field import GONE
from forms_app.asking.travel import stay, travel
from forms_app.asking.visitor_form import VisitorForm
from forms_app.intake.accepting import SentAnswer, accept
from forms_app.intake.chosen_files import keep_chosen_files
from forms_app.intake.spam import reasons_to_hold
from forms_app.models import FormPage, Submission
from forms_app.uploads.keeping import FileGoneError

logger = logging.getLogger(__name__)

RECEIPT_SALT = "eoc.receipt"
RECEIPT_SECONDS = 24 * 60 * 60
RETRY_AFTER_SECONDS = 30


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """Either a stored submission, or the form to show again and with which status."""

    form: VisitorForm
    submission: Submission | None = None
    status: int = 200


class FormPageView(PageView[FormPage]):
    """Shows the form, takes an answer, or shows the thank-you page of a receipt."""

    allowed_methods = ("GET", "HEAD", "POST")

    def respond(self, request: HttpRequest, **routed: object) -> HttpResponse:
        if request.method == "POST":
            return self._take_answer(request)
        if receipt := read_receipt(request):
            return self.thank(request, receipt=receipt)
        return show_form(request, self, Outcome(form=blank_form(self.page)))

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

    def _take_answer(self, request: HttpRequest) -> HttpResponse:
        outcome = take_answer(request, form_page=self.page, source=self.page)
        if outcome.submission is None:
            return show_form(request, self, outcome)
        receipt = sign_receipt(outcome.submission)
        return HttpResponseRedirect(f"{self.page.get_url(request)}?receipt={receipt}", status=303)


def blank_form(form_page: FormPage) -> VisitorForm:
    form: VisitorForm = form_page.get_form(page=form_page)
    return form


def take_answer(
    request: HttpRequest, *, form_page: FormPage, source: Page, wants_mail: bool = True
) -> Outcome:
    """Validate and store what a visitor sent; nothing typed is lost whatever happens."""
    form = form_page.get_form(request.POST, request.FILES, page=form_page)
    if not comes_from_this_site(request):
        stay(form)
        form.add_error(None, _("This form was sent from another site. Check it and send it here."))
        return Outcome(form=form, status=403)
    if form.closed_notice:
        stay(form)
        form.add_error(None, form.closed_notice)
        return Outcome(form=form)
    try:
        keep_chosen_files(form, form_page)
        if not travel(form):
            return Outcome(form=form)
        sent = SentAnswer(
            form_page=form_page,
            source=source,
            answers=form.answers,
            held_because=reasons_to_hold(request, form),
            wants_mail=wants_mail,
        )
        return Outcome(form=form, submission=accept(sent))
    except FileGoneError as error:
        form.add_error(str(error), GONE)
        form.show_step(form.first_step_to_mend())
        return Outcome(form=form)
    except DatabaseError as error:
        return _try_later(form, error)


def _try_later(form: VisitorForm, error: DatabaseError) -> Outcome:
    logger.warning("An answer could not be stored: %s", type(error).__name__)
    stay(form)
    words = _("We could not save this just now. Your answers are below: send them again.")
    if form.files:
        words = f"{words} {_('A file that you have just chosen has to be chosen once more.')}"
    form.add_error(None, words)
    return Outcome(form=form, status=503)


def show_form(
    request: HttpRequest, view: PageView[Any], outcome: Outcome, **also_shown: object
) -> HttpResponse:
    """Render a page around a form, with the headers its state calls for."""
    shown = {**also_shown, "form": outcome.form, "has_errors": bool(outcome.form.errors)}
    response = view.render(request, shown, status=outcome.status)
    if outcome.status == 503:
        response["Retry-After"] = str(RETRY_AFTER_SECONDS)
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
