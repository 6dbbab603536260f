"""The two mails that an answer leads to: the visitor's and the staff's.

An editor writes the visitor's as plain text with two named places. They are
filled by replacing text, never by a template engine, so no wording can read
data or fail.
"""

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import queue_mail
from eoc_cms.core.site import reply_address
from forms_app.fulfilment import Delivery
from forms_app.models import FormPage, Submission


def queue_notices(
    submission: Submission,
    form_page: FormPage,
    delivery: Delivery | None,
    *,
    wants_mail: bool = True,
) -> None:
    if wants_mail:
        _queue_for_visitor(submission, form_page, delivery)
    for address in filter(None, map(str.strip, form_page.staff_addresses.split(","))):
        _queue_for_staff(submission, form_page, address)


def fill_in(text: str, submission: Submission, delivery: Delivery | None) -> str:
    """Put the resource's title and link where an editor's text asks for them."""
    return (
        text.replace("{title}", delivery.title if delivery else submission.source_title)
        .replace("{link}", delivery.link if delivery else "")
        .replace("{receipt}", submission.receipt)
    )


def _queue_for_visitor(
    submission: Submission, form_page: FormPage, delivery: Delivery | None
) -> None:
    words = form_page.visitor_mail_body.strip()
    if not words and delivery and form_page.is_by_mail_only:
        # The mail is the only way in, also where the editor wrote none.
        words = _("Here is what you asked for: {title}")
    if not submission.person or not words:
        return
    subject = form_page.visitor_mail_subject or form_page.title
    body = fill_in(words, submission, delivery)
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
        to=str(submission.form_data[form_page.email_field_name]),
        subject=fill_in(subject, submission, delivery),
        text=render_to_string("forms_app/mail/visitor.txt", context),
        html=render_to_string("forms_app/mail/visitor.html", context),
        reply_to=reply_address(),
        about=submission.receipt,
    )


def _queue_for_staff(submission: Submission, form_page: FormPage, address: str) -> None:
    # The answers stay in the admin, where rights and retention hold.
    path = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    context = {
        "form_title": form_page.title,
        "source_title": submission.source_title,
        "receipt": submission.receipt,
        "url": f"{settings.WAGTAILADMIN_BASE_URL}{path}",
    }
    queue_mail(
        to=address,
        subject=_("New answer: %(title)s") % {"title": form_page.title},
        text=render_to_string("forms_app/mail/staff.txt", context),
        about=submission.receipt,
    )
