"""The link by which somebody changes their mind, in mails that rest on what they agreed to.

It opens a page with their consents and nothing else, so it may live as long as the person:
whoever agreed can take it back at any time, from the oldest mail. It names the consents
that its mail rests on, which is what a mail program's own “Unsubscribe” takes back.
"""

import uuid
from collections.abc import Iterable

from django.conf import settings
from django.core import signing
from django.urls import reverse

from forms_app.models import Person
from forms_app.models.consent import ConsentKey

SALT = "eoc.consents"
LONGEST = 4_000


class ConsentLinkError(Exception):
    """A link that shows nothing: changed, cut off, or of a person who has been erased."""


def link_for(person: int, consents: Iterable[ConsentKey]) -> str:
    """Return the absolute address of the page where a person changes their mind."""
    named = [f"{form_key.hex}.{name}" for form_key, name in consents]
    token = signing.Signer(salt=SALT).sign_object([person, *named])
    return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('your_consents', args=[token])}"


def read_link(token: str) -> tuple[Person, list[ConsentKey]]:
    """Return whose page a link opens, and which consents it names. Raises ConsentLinkError."""
    if len(token) > LONGEST:
        raise ConsentLinkError
    try:
        key, *named = signing.Signer(salt=SALT).unsign_object(token)
    except (signing.BadSignature, ValueError) as error:
        raise ConsentLinkError from error
    # Keys are never used again, so nobody takes an erased person's place.
    person = Person.objects.filter(pk=key).first()
    if person is None:
        raise ConsentLinkError
    return person, [_consent(each) for each in named]


def _consent(text: str) -> ConsentKey:
    form_key, _dot, name = text.partition(".")
    return uuid.UUID(form_key), name
