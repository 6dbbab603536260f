"""Forms to start from: what most forms of a program site ask, ready to be changed."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils.functional import Promise
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page

from eoc_cms.core.models import User
from forms_app.models import FormField, FormPage

EMAIL = {
    "label": _("Work e-mail"),
    "field_type": "email",
    "required": True,
    "purpose": "email",
}
NAME = {"label": _("Name"), "field_type": "singleline", "purpose": "name"}
ORGANISATION = {
    "label": _("School system or organization"),
    "field_type": "singleline",
    "purpose": "organization",
}
UPDATES = {
    "label": _("Updates"),
    "field_type": "consent",
    "consent_text": _("Send me occasional updates from the Collective"),
    "why_we_ask": _("Only if you want them. Everything else works without."),
}


@dataclass(frozen=True, kw_only=True)
class FormTemplate:
    title: str | Promise
    description: str | Promise
    icon: str
    values: dict[str, object] = field(default_factory=dict)
    fields: tuple[dict[str, object], ...] = ()


TEMPLATES = {
    "guide": FormTemplate(
        title=_("Guide access"),
        description=_("Opens guides at once and mails their link. One required answer."),
        icon="lock-open",
        values={
            "submit_label": _("Get the guide"),
            "visitor_mail_subject": _("Your guide: {title}"),
            "visitor_mail_body": _(
                "Hello,\n\nhere is your link to “{title}”:\n\n{link}\n\n"
                "You can use it more than once, and on any device."
            ),
        },
        fields=(
            {**EMAIL, "why_we_ask": _("We send the guide's link there, so you can come back.")},
            {**NAME, "why_we_ask": _("So that we know how to address you.")},
            {**ORGANISATION, "why_we_ask": _("It tells us whom our guidance reaches.")},
            UPDATES,
        ),
    ),
    "contact": FormTemplate(
        title=_("Contact"),
        description=_("A message to your colleagues, who can reply to it at once."),
        icon="mail",
        values={
            "submit_label": _("Send the message"),
            "thanks_title": _("Thank you for writing"),
            "visitor_mail_subject": _("We have your message"),
            "visitor_mail_body": _(
                "Hello,\n\nyour message has reached us. Somebody will read it and reply "
                "to this address.\n\nReceipt: {receipt}"
            ),
            "staff_reply_to_visitor": True,
        },
        fields=(
            {**NAME, "why_we_ask": _("So that we know how to address you.")},
            {**EMAIL, "why_we_ask": _("We reply to this address.")},
            {"label": _("Message"), "field_type": "multiline", "required": True},
        ),
    ),
    "event": FormTemplate(
        title=_("Event sign-up"),
        description=_("Names and needs, one sign-up a person; set its places and closing day."),
        icon="calendar",
        values={
            "submit_label": _("Sign up"),
            "thanks_title": _("You are signed up"),
            "max_per_person": 1,
            "visitor_mail_subject": _("You are signed up"),
            "visitor_mail_body": _(
                "Hello {Name},\n\nyou are signed up. Keep this mail: your receipt number is "
                "{receipt}.\n\nIf you cannot come, please reply, so that somebody else can."
            ),
        },
        fields=(
            {**NAME, "required": True, "why_we_ask": _("For the list at the door.")},
            {**EMAIL, "why_we_ask": _("We send what you need to know before the day.")},
            ORGANISATION,
            {
                "label": _("What you need to take part"),
                "field_type": "multiline",
                "help_text": _("Such as captions, step-free access or a diet."),
                "why_we_ask": _("So that it is there when you come."),
            },
            UPDATES,
        ),
    ),
    "empty": FormTemplate(
        title=_("Empty form"),
        description=_("One question to begin with."),
        icon="plus",
        fields=(EMAIL,),
    ),
}


def start_form(
    template: FormTemplate, *, parent: Page, user: User, key: uuid.UUID | None = None
) -> tuple[FormPage, bool]:
    """Add a draft made from a template below a page; say whether it is new.

    The `key` is of the button that was pressed: a second press adds no second draft.
    Nobody sees a draft before it is published.
    """
    key = key or uuid.uuid4()
    with transaction.atomic():
        # Whoever presses at the same time waits here, and then finds the first one's draft.
        list(Page.objects.select_for_update().filter(pk=parent.pk).values_list("pk"))
        begun = FormPage.objects.filter(translation_key=key).first()
        return (begun, False) if begun else (_add_form(template, parent, user, key), True)


def _add_form(template: FormTemplate, parent: Page, user: User, key: uuid.UUID) -> FormPage:
    title = str(template.title)
    page = FormPage(
        title=title,
        slug=free_slug(parent, title),
        live=False,
        owner=user,
        translation_key=key,
        **{name: in_words(value) for name, value in template.values.items()},
    )
    page.form_fields = [  # type: ignore[misc]
        FormField(sort_order=number, **{name: in_words(value) for name, value in asked.items()})
        for number, asked in enumerate(template.fields)
    ]
    parent.add_child(instance=page)
    page.save_revision(user=user, log_action="wagtail.create")
    return page


def in_words(value: object) -> Any:
    """Return a value as it is stored: words in the language of whoever starts the form."""
    return value if isinstance(value, bool | int) else str(value)


def free_slug(parent: Page, title: str) -> str:
    """Return an address that no other page below a parent has."""
    stem = slugify(title, allow_unicode=True) or "form"
    taken = set(parent.get_children().values_list("slug", flat=True))
    number, slug = 1, stem
    while slug in taken:
        number += 1
        slug = f"{stem}-{number}"
    return slug
