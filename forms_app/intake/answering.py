"""Answer a POST from a visitor's form: the same way on a form page and on a resource."""

import logging
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.http import comes_from_this_site
from forms_app.asking.file_field import GONE
from forms_app.asking.travel import stay, travel
from forms_app.asking.visitor_form import VisitorForm
from forms_app.intake.accepting import accept
from forms_app.intake.chosen_files import keep_chosen_files
from forms_app.intake.spam import reasons_to_hold
from forms_app.models import FormPage, Submission
from forms_app.uploads.keeping import FileGoneError
from forms_app.uploads.token import KeptFile

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


def blank_form(form_page: FormPage) -> VisitorForm:
    return form_page.get_form(page=form_page)


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
        return Outcome(form=form, submission=_store(request, form, form_page, source, wants_mail))
    except FileGoneError as error:
        form.add_error(str(error), GONE)
        form.show_step(form.first_step_to_mend())
        return Outcome(form=form)
    except DatabaseError as error:
        return _try_later(form, error)


def _store(
    request: HttpRequest, form: VisitorForm, form_page: FormPage, source: Page, wants_mail: bool
) -> Submission:
    files = [value for value in form.answers.values() if isinstance(value, KeptFile)]
    return accept(
        form_page=form_page,
        answers={name: stored(value) for name, value in form.answers.items()},
        source=source,
        language=source.locale.language_code,
        held_because=reasons_to_hold(request, form),
        wants_mail=wants_mail,
        files=files,
    )


def stored(value: Any) -> Any:
    """Return a checked answer as it is stored: of a file, its name."""
    return value.name if isinstance(value, KeptFile) else value


def _try_later(form: VisitorForm, error: DatabaseError) -> Outcome:
    logger.warning("An answer could not be stored: %s", type(error).__name__)
    stay(form)
    words = _("We could not save this just now. Your answers are below: send them again.")
    if form.files:
        words = f"{words} {_('A file that you have just chosen has to be chosen once more.')}"
    form.add_error(None, words)
    return Outcome(form=form, status=503)


def respond_to_form_page(request: HttpRequest, form_page: FormPage) -> HttpResponse:
    """Show the form, take an answer, or show the thank-you page of a receipt."""
    if request.method == "POST":
        outcome = take_answer(request, form_page=form_page, source=form_page)
        if outcome.submission:
            return HttpResponseRedirect(
                f"{form_page.get_url(request)}?receipt={sign_receipt(outcome.submission)}",
                status=303,
            )
        return show_form(request, form_page, outcome)
    if receipt := read_receipt(request):
        return form_page.render_landing_page(request, receipt)
    return show_form(request, form_page, Outcome(form=blank_form(form_page)))


def show_form(
    request: HttpRequest, page: Page, outcome: Outcome, **also_shown: object
) -> HttpResponse:
    """Render a page around a form, with the headers its state calls for."""
    context = {
        **page.get_context(request),
        **also_shown,
        "form": outcome.form,
        "has_errors": bool(outcome.form.errors),
    }
    response = TemplateResponse(request, page.get_template(request), context, status=outcome.status)
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
