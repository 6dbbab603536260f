"""The answers as their visitor reads them once more before sending."""

import datetime
from typing import TYPE_CHECKING, Any

from django.forms.boundfield import BoundField
from django.utils.formats import date_format, number_format
from django.utils.translation import gettext as _

from forms_app.uploads.token import KeptFile

if TYPE_CHECKING:
    from forms_app.asking.visitor_form import VisitorForm


def review_of(form: "VisitorForm") -> list[dict[str, object]]:
    """Return each step with its number, title and (question, answer) pairs."""
    shown = []
    for at, step in enumerate(form.steps):
        rows = [
            (form[part.name].label, in_words(form[part.name], form.cleaned_data[part.name]))
            for part in step.parts
            if part.name in form.cleaned_data and not form[part.name].is_hidden
        ]
        if rows:
            shown.append({"at": at, "title": step.title or _("Your answers"), "rows": rows})
    return shown


def in_words(bound: BoundField, value: object) -> str:
    """Return a checked answer as it was chosen or typed; an empty text for none."""
    if isinstance(value, bool):
        return _("Yes") if value else _("No")
    if isinstance(value, KeptFile):
        return value.name
    if isinstance(value, datetime.datetime):
        return date_format(value, "DATETIME_FORMAT")
    if isinstance(value, datetime.date):
        return date_format(value, "DATE_FORMAT")
    if value in (None, ""):
        return ""
    names: dict[object, object] = dict(getattr(bound.field, "choices", ()))
    values = value if isinstance(value, list) else [value]
    return "; ".join(str(names.get(item, _plain(item))) for item in values)


def _plain(value: Any) -> str:
    return value if isinstance(value, str) else number_format(value)
