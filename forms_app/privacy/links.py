"""The link by which a person proves that an address is theirs, to see what is held of them."""

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from eoc_cms.core.mailbox import normalise_email
from eoc_cms.core.site import reply_address
from forms_app.effects import Delivery
from forms_app.models import Person
from forms_app.privacy.retention_rules import YOUR_DATA_LINK_SECONDS

SALT = "eoc.your-data"
LONGEST = 200


class DataLinkError(Exception):
    """A link that shows nothing: changed, too old, or of a person who has been erased."""


def link_for(person: Person) -> str:
    """Return the absolute address of the page that shows what is held of a person."""
    token = signing.dumps(person.pk, salt=SALT)
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('your_data_of', args=[token])}"


def read_link(token: str) -> Person:
    """Return whose data a link shows. Raises DataLinkError."""
    if len(token) > LONGEST:
        raise DataLinkError
    try:
        key = signing.loads(token, salt=SALT, max_age=YOUR_DATA_LINK_SECONDS)
    except (signing.BadSignature, ValueError) as error:
        raise DataLinkError from error
    # Keys are never used again, so nobody takes an erased person's place.
    person = Person.objects.filter(pk=key).first()
    if person is None:
        raise DataLinkError
    return person


def send_link(email: str) -> None:
    """Queue a mail with the link to an address of which something is held.

    For any other the same work is done and taken back before anybody can send it, so
    that the time an answer takes tells no more than its words.
    """
    address = normalise_email(email)
    person = Person.objects.filter(email=address).first()
    with transaction.atomic():
        # Sent to the address that is stored, not to one that only looks like it.
        context = {
            "body": _body(),
            "delivery": Delivery(
                title=_("What we hold about you"), link=link_for(person or Person(pk=0))
            ),
            "action_label": _("See what we hold about you"),
            "site_name": settings.WAGTAIL_SITE_NAME,
            "privacy_url": f"{settings.WAGTAILADMIN_BASE_URL}/privacy/",
        }
        mail = mail_of(
            to=address,
            subject=_("What we hold about you"),
            text=render_to_string("forms_app/mail/visitor.txt", context),
            html=render_to_string("forms_app/mail/visitor.html", context),
            reply_to=reply_address(),
        )
        queue_mail(mail)
        if person is None:
            mail.delete()


def _body() -> str:
    return "\n\n".join(
        [
            _(
                "With this link you can see, download or erase everything we hold about you, and "
                "change what you agreed to."
            ),
            _("It works for one hour. Opening it changes nothing."),
            _("If you did not ask for this, leave it be: nobody else has been sent your link."),
        ]
    )
