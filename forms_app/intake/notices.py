"""The two mails that an answer leads to: the visitor's and the staff's."""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import queue_mail
from eoc_cms.core.site import reply_address
from forms_app.effects import Delivery
from forms_app.models import FormPage, Submission
from forms_app.placeholders import fill_in, harmless


def queue_notices(
    submission: Submission,
    form_page: FormPage,
    delivery: Delivery | None,
    *,
    wants_mail: bool = True,
) -> None:
    if wants_mail:
        _queue_for_visitor(submission, form_page, delivery)
    for address in form_page.staff_recipients:
        _queue_for_staff(submission, form_page, address)


def _queue_for_visitor(
    submission: Submission, form_page: FormPage, delivery: Delivery | None
) -> None:
    words = form_page.visitor_mail_body.strip()
    if not words and delivery and form_page.is_by_mail_only:
        # The mail is the only way in, also where the editor wrote none.
        words = _("Here is what you asked for: {title}")
    if not submission.person or not words:
        return
    values = {
        **{label: harmless(answer) for label, answer in submission.shown_answers()},
        "title": delivery.title if delivery else submission.source_title,
        "link": delivery.link if delivery else "",
        "receipt": submission.receipt,
    }
    body = fill_in(words, values)
    if delivery and delivery.note:
        body = f"{body}\n\n{delivery.note}"
    context = {
        "body": body,
        "delivery": delivery,
        "receipt": submission.receipt,
        "site_name": settings.WAGTAIL_SITE_NAME,
        "privacy_url": f"{settings.WAGTAILADMIN_BASE_URL}/privacy/",
    }
    queue_mail(
        # The address as typed: its spelling is the visitor's own.
        to=str(submission.form_data.get(form_page.email_field_name) or submission.person.email),
        subject=fill_in(form_page.visitor_mail_subject or form_page.title, values),
        text=render_to_string("forms_app/mail/visitor.txt", context),
        html=render_to_string("forms_app/mail/visitor.html", context),
        reply_to=form_page.visitor_reply_to or reply_address(),
        about=submission.receipt,
    )


def _queue_for_staff(submission: Submission, form_page: FormPage, address: str) -> None:
    path = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    url = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
    values = {
        **dict(submission.shown_answers()),
        "title": submission.source_title,
        "link": url,
        "receipt": submission.receipt,
    }
    context = {
        "body": fill_in(form_page.staff_mail_body.strip(), values),
        "form_title": form_page.title,
        "source_title": submission.source_title,
        "receipt": submission.receipt,
        "url": url,
    }
    standard_subject = _("New answer: %(title)s") % {"title": form_page.title}
    answers_to_visitor = form_page.staff_reply_to_visitor and submission.person
    queue_mail(
        to=address,
        subject=fill_in(form_page.staff_mail_subject, values) or standard_subject,
        text=render_to_string("forms_app/mail/staff.txt", context),
        reply_to=submission.person.email if answers_to_visitor and submission.person else "",
        about=submission.receipt,
    )
