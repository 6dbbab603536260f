"""What a visitor has typed, to be shown again where no form can take it."""

from dataclasses import dataclass

from django.core.exceptions import SuspiciousOperation
from django.db import DatabaseError
from django.http import HttpRequest
from django.http.request import UnreadablePostError

from eoc_cms.core.typed_text import clean_line, clean_text
from forms_app.asking.visitor_form import HONEYPOT, NO_MAIL, VERSION
from forms_app.intake.unfinished import typed_before
from forms_app.models import FormVersion

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
        labels = _labels(request.POST.get(VERSION, ""))
    except DatabaseError:
        labels = {}
    return [
        Typed(
            name=clean_line(name),
            label=labels.get(name) or clean_line(_in_words(name)),
            text=clean_text("; ".join(texts)),
        )
        for name, texts in sent.items()
        if _is_typed(name) and any(texts)
    ]


def _is_typed(name: str) -> bool:
    return (
        name not in OURS
        and not name.startswith("form-")
        and not name.endswith(("-kept", "-remove"))
    )


def _labels(key: str) -> dict[str, str]:
    version = FormVersion.objects.with_key(key) if key else None
    return version.labels() if version else {}


def _in_words(name: str) -> str:
    return name.replace("_", " ").capitalize()
