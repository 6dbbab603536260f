"""The mail backend of the site: what Django and Wagtail send is queued like our own mail.

Wagtail mails whoever must act inside the request that submits, approves or
comments on a page, and a mail server that is down would make that a server
error. Queued, the mail is stored with what it tells of, sent by the worker and
retried, and staff see what has not been delivered.
"""

from collections.abc import Sequence
from email.utils import parseaddr

from django.core.mail import EmailMessage, EmailMultiAlternatives
from django.core.mail.backends.base import BaseEmailBackend

from eoc_cms.core.mail.outbox import mail_of, queue_mail


class QueueBackend(BaseEmailBackend):
    """Store one message for each recipient; `outbox` sends them through MAIL_TRANSPORT."""

    def send_messages(self, email_messages: Sequence[EmailMessage]) -> int:
        for message in email_messages:
            self._queue(message)
        return len(email_messages)

    def _queue(self, message: EmailMessage) -> None:
        for recipient in message.recipients():
            queue_mail(
                mail_of(
                    to=parseaddr(recipient)[1],
                    subject=str(message.subject),
                    text=str(message.body),
                    html=html_of(message),
                    reply_to=parseaddr(message.reply_to[0])[1] if message.reply_to else "",
                )
            )


def html_of(message: EmailMessage) -> str:
    alternatives = message.alternatives if isinstance(message, EmailMultiAlternatives) else []
    return next((str(body) for body, kind in alternatives if kind == "text/html"), "")
