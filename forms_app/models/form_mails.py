"""The mails a form leads to, as its editor writes them."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, HelpPanel, MultiFieldPanel
from wagtail.contrib.forms.models import validate_to_address

PLACES = _(
    "In subjects and texts you can put {title} for the resource's title, {link} for its link, "
    "{receipt} for the receipt number, and any of your own questions: {Name} becomes what the "
    "visitor answered to “Name”. Once you have saved, what to write stands under each question."
)


class FormMails(models.Model):
    staff_addresses = models.CharField(
        _("tell these addresses"),
        max_length=500,
        blank=True,
        validators=[validate_to_address],
        help_text=_("Each new answer is mailed to them. Separate addresses with commas."),
    )
    # The form whose editor has looked at the addresses. A copy is another form, so
    # its answers go to nobody until somebody has looked again.
    recipients_confirmed_for = models.UUIDField(null=True, editable=False)
    staff_mail_subject = models.CharField(
        _("subject"), max_length=150, blank=True, help_text=_("Leave it empty for “New answer”.")
    )
    staff_mail_body = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Leave it empty to say only that an answer has come, with the way to it: answers "
            "are safest here. {link} becomes that way."
        ),
    )
    staff_reply_to_visitor = models.BooleanField(
        _("replies go to the visitor"),
        default=False,
        help_text=_("Pressing “Reply” then writes to whoever filled in the form."),
    )
    visitor_mail_subject = models.CharField(_("subject"), max_length=150, blank=True)
    visitor_mail_body = models.TextField(
        _("text"),
        blank=True,
        help_text=_(
            "Plain text, sent to the e-mail address given in the form. "
            "Leave it empty to send no mail."
        ),
    )
    visitor_reply_to = models.EmailField(
        _("replies go to"),
        max_length=254,
        blank=True,
        help_text=_("Leave it empty for the organization's contact address."),
    )

    mail_panels = [
        HelpPanel(PLACES, heading=_("What you can put into mails")),
        MultiFieldPanel(
            [
                FieldPanel("visitor_mail_subject"),
                FieldPanel("visitor_mail_body"),
                FieldPanel("visitor_reply_to"),
            ],
            heading=_("Mail to the visitor"),
        ),
        MultiFieldPanel(
            [
                FieldPanel("staff_addresses"),
                FieldPanel("confirm_recipients"),
                FieldPanel("staff_mail_subject"),
                FieldPanel("staff_mail_body"),
                FieldPanel("staff_reply_to_visitor"),
            ],
            heading=_("Mail to staff"),
        ),
    ]

    class Meta:
        abstract = True

    @property
    def has_confirmed_recipients(self) -> bool:
        return self.recipients_confirmed_for == self.key  # type: ignore[attr-defined]

    @property
    def staff_recipients(self) -> list[str]:
        """The addresses to tell, none while those of a copy have not been looked at."""
        if not self.has_confirmed_recipients:
            return []
        return [part for text in self.staff_addresses.split(",") if (part := text.strip())]
