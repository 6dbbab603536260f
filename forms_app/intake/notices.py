"""The two mails that an answer leads to: the visitor's and the staff's."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.conf import settings
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from eoc_cms.core.models import OutgoingMail
from eoc_cms.core.site import reply_address
from forms_app.consents.links import link_for
from forms_app.effects import Delivery
from forms_app.intake.harmless import harmless
from forms_app.intake.shown import shown_now
from forms_app.models import ConsentEvent, FormPage, Submission
from forms_app.placeholders import fill_in, values_of


def queue_notices(
    submission: Submission,
    form_page: FormPage,
    delivery: Delivery | None,
    agreed: list[ConsentEvent],
    *,
    wants_mail: bool = True,
) -> None:
    """Queue them; `agreed` is what the visitor has said yes to in this answer."""
    now_asked = shown_now(form_page).labels()
    staff = form_page.staff_recipients
    mails = [_for_staff(submission, form_page, address, now_asked) for address in staff]
    if wants_mail:
        mails = [*_for_visitor(submission, form_page, delivery, agreed, now_asked), *mails]
    queue_mail(*mails)


@dataclass(frozen=True, kw_only=True)
class VisitorWords:
    """What a form mails to its visitors, before the answers are put in."""

    subject: str
    body: str
    delivery: Delivery | None

    def mail(
        self,
        values: Mapping[str, str],
        *,
        receipt: str,
        agreed: str = "",
        change_mind_url: str = "",
    ) -> dict[str, str]:
        """Return the subject, text and HTML with each value in its place."""
        body = fill_in(self.body, values)
        if self.delivery and self.delivery.note:
            body = f"{body}\n\n{self.delivery.note}"
        context = {
            "body": body,
            "delivery": self.delivery,
            "receipt": receipt,
            "site_name": settings.WAGTAIL_SITE_NAME,
            "privacy_url": f"{settings.WAGTAILADMIN_BASE_URL}/privacy/",
            "agreed": agreed,
            "change_mind_url": change_mind_url,
        }
        return {
            "subject": fill_in(self.subject, values),
            "text": render_to_string("forms_app/mail/visitor.txt", context),
            "html": render_to_string("forms_app/mail/visitor.html", context),
        }


def visitor_words(
    form_page: FormPage, delivery: Delivery | None, *, title: str = ""
) -> VisitorWords | None:
    """Return what is mailed to visitors, or None where no mail is."""
    body = form_page.visitor_mail_body.strip()
    if not body and delivery and form_page.is_by_mail_only:
        # The mail is the only way in, also where the editor wrote none.
        body = _("Here is what you asked for: {title}")
    if not body:
        return None
    subject = form_page.visitor_mail_subject or title or form_page.title
    return VisitorWords(subject=subject, body=body, delivery=delivery)


def _for_visitor(
    submission: Submission,
    form_page: FormPage,
    delivery: Delivery | None,
    agreed: list[ConsentEvent],
    now_asked: Mapping[str, str],
) -> Iterator[OutgoingMail]:
    words = visitor_words(form_page, delivery, title=submission.form_title)
    if not submission.email or not words:
        return
    values = {
        **_answers(submission, now_asked, is_for_stranger=True),
        "title": delivery.title if delivery else submission.source_title,
        "link": delivery.link if delivery else "",
        "receipt": submission.receipt,
    }
    change_mind_url = link_for(agreed[0].person_id, [each.key for each in agreed]) if agreed else ""
    mail = words.mail(
        values,
        receipt=submission.receipt,
        agreed=", ".join(f"“{each.label}”" for each in agreed),
        change_mind_url=change_mind_url,
    )
    yield mail_of(
        # As typed: its spelling is the visitor's own.
        to=submission.email,
        **mail,
        reply_to=form_page.visitor_reply_to or reply_address(),
        about=submission.receipt,
        unsubscribe_url=change_mind_url,
        is_held=submission.state == Submission.State.HELD,
    )


def staff_words(
    form_page: FormPage,
    values: Mapping[str, str],
    *,
    url: str,
    form_title: str = "",
    source_title: str = "",
) -> dict[str, str]:
    """Return the subject and text that staff are mailed."""
    title = form_title or form_page.title
    context = {
        "body": fill_in(form_page.staff_mail_body.strip(), values),
        "form_title": title,
        "source_title": source_title or title,
        "receipt": values["receipt"],
        "url": url,
    }
    standard_subject = _("New answer: %(title)s") % {"title": title}
    return {
        "subject": fill_in(form_page.staff_mail_subject, values) or standard_subject,
        "text": render_to_string("forms_app/mail/staff.txt", context),
    }


def _for_staff(
    submission: Submission, form_page: FormPage, address: str, now_asked: Mapping[str, str]
) -> OutgoingMail:
    path = reverse("forms_app_submission_modeladmin_inspect", args=[submission.pk])
    url = f"{settings.WAGTAILADMIN_BASE_URL}{path}"
    values = {
        **_answers(submission, now_asked),
        "title": submission.source_title,
        "link": url,
        "receipt": submission.receipt,
    }
    mail = staff_words(
        form_page,
        values,
        url=url,
        form_title=submission.form_title,
        source_title=submission.source_title,
    )
    answers_to_visitor = form_page.staff_reply_to_visitor and submission.person
    return mail_of(
        to=address,
        **mail,
        reply_to=submission.person.email if answers_to_visitor and submission.person else "",
        about=submission.receipt,
        is_held=submission.state == Submission.State.HELD,
    )


def _answers(
    submission: Submission, now_asked: Mapping[str, str], *, is_for_stranger: bool = False
) -> dict[str, str]:
    """Return each answer under the placeholders of its question, then and now."""
    answers = submission.answers_in_words()
    if is_for_stranger:
        # Their own address is no link to anybody else.
        answers = {
            name: answer if answer == submission.email else harmless(answer)
            for name, answer in answers.items()
        }
    return values_of(answers, then=submission.version.labels(), now=now_asked)
