"""What a visitor has typed, to be shown again where no form can take it."""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import UnreadablePostError
from django.utils.translation import gettext as _

from eoc_cms.core.typed_text import clean_line, clean_text
from forms_app.asking.visitor_form import HONEYPOT, NO_MAIL, VERSION, AskedForm
from forms_app.field_types import TICK_BOXES
from forms_app.intake.unfinished import typed_before
from forms_app.models import FormVersion
from forms_app.models.asked_field import AskedField

# What our own forms add to what people type.
OURS = {"csrfmiddlewaretoken", "do", HONEYPOT, NO_MAIL}


@dataclass(frozen=True, kw_only=True)
class Typed:
    """One thing that was typed, under the words it was asked with."""

    name: str
    label: str
    text: str


def typed_in(request: HttpRequest) -> list[Typed]:
    """Return what somebody typed into a form of visitors, on its earlier steps too."""
    try:
        sent = dict(request.POST.lists())
    except (SuspiciousOperation, UnreadablePostError, OSError):
        return []
    try:
        sent = {**typed_before(request), **sent}
        version = FormVersion.objects.with_key(request.POST.get(VERSION, ""))
    except DatabaseError:
        version = None
    asked = version.questions if version else {}
    return [
        _typed(name, texts, asked.get(name))
        for name, texts in sent.items()
        if (name in asked or _is_typed(name)) and any(texts)
    ]


def typed_elsewhere(request: HttpRequest, form: AskedForm) -> list[Typed]:
    """Return what somebody typed on other steps than the one that is shown."""
    if not form.has_steps or form.is_review:
        return []
    return [each for each in typed_in(request) if form.place_of(each.name) != form.at]


def _typed(name: str, texts: list[str], asked: AskedField | None) -> Typed:
    is_ticked = asked is not None and asked.field_type in TICK_BOXES
    return Typed(
        name=clean_line(name),
        label=(asked and asked.label) or clean_line(_in_words(name)),
        text=_("yes") if is_ticked else clean_text("; ".join(texts)),
    )


def _is_typed(name: str) -> bool:
    return (
        name not in OURS
        and not name.startswith("form-")
        and not name.endswith(("-kept", "-remove"))
    )


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()
