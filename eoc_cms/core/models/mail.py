from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.mailbox import LONGEST_ADDRESS
from eoc_cms.core.querysets import OutgoingMailQuerySet


class OutgoingMail(models.Model):
    """One message to send, stored in the same transaction as what it tells of.

    The worker sends it, so a mail server that is down never costs a visitor
    their answer. Once sent, the words are forgotten: they may hold an access
    link or answers.
    """

    recipient = models.EmailField(_("to"), max_length=LONGEST_ADDRESS)
    # The same, as eoc_cms.core.mailbox writes it: whose mail it is.
    mailbox = models.CharField(max_length=LONGEST_ADDRESS, db_index=True, editable=False)
    reply_to = models.EmailField(_("reply to"), max_length=254, blank=True)
    subject = models.CharField(_("subject"), max_length=255)
    text = models.TextField(_("text"), blank=True)
    html = models.TextField(_("HTML"), blank=True)
    # Where a mail that rests on a consent lets its reader take it back; signed, so a secret.
    unsubscribe_url = models.TextField(blank=True, editable=False)
    about = models.CharField(
        _("about"),
        max_length=64,
        blank=True,
        db_index=True,
        help_text=_("The receipt number of the submission that this mail tells of."),
    )
    created_at = models.DateTimeField(_("queued"), auto_now_add=True)
    # Waits with an answer that staff have to look at first.
    is_held = models.BooleanField(_("held"), default=False)
    due_at = models.DateTimeField(_("next attempt"), db_index=True)
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    sent_at = models.DateTimeField(_("sent"), null=True, blank=True, db_index=True)
    given_up_at = models.DateTimeField(_("given up"), null=True, blank=True)
    last_error = models.CharField(_("last error"), max_length=255, blank=True)

    # What is forgotten of a message once it is sent.
    WITHOUT_WORDS: ClassVar = {"text": "", "html": "", "unsubscribe_url": ""}

    objects = OutgoingMailQuerySet.as_manager()

    class Meta:
        verbose_name = _("outgoing mail")
        verbose_name_plural = _("outgoing mail")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.subject
