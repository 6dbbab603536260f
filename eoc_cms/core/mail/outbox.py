"""Queue mail with the data it tells of, and send it later from the worker."""

import logging
from datetime import datetime, timedelta

from django.conf import settings
from django.core.mail import EmailMultiAlternatives, get_connection
from django.db.models import F
from django.utils import timezone

from eoc_cms.core.mailbox import LONGEST_ADDRESS, normalise_email
from eoc_cms.core.models import OutgoingMail

logger = logging.getLogger(__name__)

# Says which answer a message tells of, for staff's mail rules and for erasure.
ABOUT_HEADER = "X-Receipt"
# Waits between attempts: quick at first, then for three days.
WAITS = [
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=15),
    timedelta(hours=1),
    *[timedelta(hours=3)] * 8,
    *[timedelta(hours=6)] * 8,
]


def mail_of(
    *,
    to: str,
    subject: str,
    text: str,
    html: str = "",
    reply_to: str = "",
    about: str = "",
    unsubscribe_url: str = "",
    is_held: bool = False,
) -> OutgoingMail:
    """Return one message, not yet stored.

    One that is held waits until it is let go. `unsubscribe_url` is for a mail that rests on
    a consent: a mail program takes it back there by a POST (RFC 8058).
    """
    return OutgoingMail(
        recipient=to,
        mailbox=normalise_email(to)[:LONGEST_ADDRESS],
        # A subject is one header line (RFC 5322 §2.2), whatever an editor pasted.
        subject=" ".join(subject.split())[:255],
        text=text,
        html=html,
        reply_to=reply_to,
        about=about,
        unsubscribe_url=unsubscribe_url,
        is_held=is_held,
        due_at=timezone.now(),
    )


def queue_mail(*mails: OutgoingMail) -> None:
    """Store messages to be sent by the worker; call it inside the caller's transaction."""
    OutgoingMail.objects.bulk_create(mails)


def send_due_mail(*, limit: int = 50) -> int:
    """Try every message whose time has come; return how many were sent."""
    now = timezone.now()
    return sum(_attempt(mail, now) for mail in OutgoingMail.objects.due(at=now)[:limit])


def _attempt(mail: OutgoingMail, now: datetime) -> bool:
    if not _claim(mail, now):
        return False
    try:
        _build(mail).send()
    except Exception as error:
        # Whatever a mail server or a library throws, the message must stay queued.
        _record_failure(mail, error)
        return False
    OutgoingMail.objects.filter(pk=mail.pk).update(
        sent_at=timezone.now(), last_error="", **OutgoingMail.WITHOUT_WORDS
    )
    return True


def _claim(mail: OutgoingMail, now: datetime) -> bool:
    """Take a message for this process by moving its next attempt, or find it taken.

    A process that dies while sending leaves it due again after the wait, so a
    message may arrive twice but is never lost.
    """
    wait = WAITS[min(mail.attempts, len(WAITS) - 1)]
    due = OutgoingMail.objects.waiting().filter(pk=mail.pk, attempts=mail.attempts)
    claimed = due.update(attempts=F("attempts") + 1, due_at=now + wait)
    return claimed == 1


def _build(mail: OutgoingMail) -> EmailMultiAlternatives:
    message = EmailMultiAlternatives(
        mail.subject,
        mail.text,
        to=[mail.recipient],
        reply_to=[mail.reply_to] if mail.reply_to else None,
        headers=_headers(mail),
        connection=get_connection(settings.MAIL_TRANSPORT),
    )
    if mail.html:
        message.attach_alternative(mail.html, "text/html")
    return message


def _headers(mail: OutgoingMail) -> dict[str, str]:
    # RFC 3834: tells out-of-office programs not to answer.
    headers = {"Auto-Submitted": "auto-generated"}
    if mail.about:
        headers[ABOUT_HEADER] = mail.about
    if mail.unsubscribe_url:
        headers["List-Unsubscribe"] = f"<{mail.unsubscribe_url}>"
        headers["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    return headers


def _record_failure(mail: OutgoingMail, error: Exception) -> None:
    # Only the kind of error is kept: a server's words may repeat the address.
    given_up = timezone.now() if mail.attempts + 1 >= len(WAITS) else None
    OutgoingMail.objects.filter(pk=mail.pk).update(
        last_error=type(error).__name__, given_up_at=given_up
    )
    logger.warning("Mail %s could not be sent: %s", mail.pk, type(error).__name__)
