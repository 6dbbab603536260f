"""Record what a form page asks, word for word, when somebody answers it."""

import hashlib
import json
from typing import Any

from forms_app.models import FormField, FormPage, FormVersion


def describe_field(field: FormField) -> dict[str, Any]:
    """Return everything a visitor sees of one field, ready to be stored as JSON."""
    return {
        "name": field.clean_name,
        "label": field.label,
        "type": field.field_type,
        "required": field.required,
        "choices": field.choices,
        "help_text": field.help_text,
        "why_we_ask": field.why_we_ask,
        "consent_text": field.consent_text,
        **{name: value for name, value in _rarer_words(field).items() if value},
    }


def _rarer_words(field: FormField) -> dict[str, str]:
    # Left out where empty, so that the words of most forms stay the same version.
    return {
        "content": field.content,
        "show_if": field.show_if,
        "show_if_value": field.show_if_value,
    }


def digest_of(fields: list[dict[str, Any]]) -> str:
    """Return the SHA-256 of the words of a form, the same for the same words."""
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def current_digest(form_page: FormPage) -> str:
    return digest_of([describe_field(field) for field in form_page.get_form_fields()])


def current_version(form_page: FormPage) -> FormVersion:
    """Return the row for what the form page asks now, making it at its first answer."""
    fields = [describe_field(field) for field in form_page.get_form_fields()]
    version, _created = FormVersion.objects.get_or_create(
        form_key=form_page.form_key,
        digest=digest_of(fields),
        defaults={"title": form_page.title, "fields": fields},
    )
    return version
