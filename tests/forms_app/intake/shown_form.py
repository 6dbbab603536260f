"""A form with a story, a role and a consent, and what staff change about it meanwhile."""

from typing import Any

from django.core.cache import cache

from forms_app.models import FormField, FormPage
from tests.factories import pages
from tests.factories.visitor import Visitor

ANA = "ana@example.org"
STORY = "It began in <spring> & went on.\nThen came “autumn”."
CONSENT = {
    "label": "Updates",
    "field_type": "consent",
    "clean_name": "updates",
    "consent_text": "Write to me twice a year.",
}
ROLE = {
    "label": "Role",
    "field_type": "radio",
    "clean_name": "role",
    "choices": "Lead\nCoach",
}
STORY_FIELD = {"label": "Your story", "field_type": "multiline", "clean_name": "story"}
ALL = {"email": ANA, "story": STORY, "role": "Coach"}


def publish(page: Any) -> None:
    """Publish, and forget what is kept of pages, as happens with the commit."""
    pages.publish(page)
    cache.clear()


def fresh(form: FormPage) -> FormPage:
    return FormPage.objects.get(pk=form.pk)


def change(form: FormPage, name: str, **values: Any) -> None:
    page = fresh(form)
    field = page.form_fields.get(clean_name=name)
    for attribute, value in values.items():
        setattr(field, attribute, value)
    page.form_fields.add(field)
    publish(page)


def drop(form: FormPage, name: str) -> None:
    page = fresh(form)
    page.form_fields.remove(page.form_fields.get(clean_name=name))
    publish(page)


def add(form: FormPage, **values: Any) -> None:
    page = fresh(form)
    page.form_fields.add(FormField(sort_order=99, **values))
    publish(page)


def shows_all(visitor: Visitor, typed: dict[str, str]) -> bool:
    """Say whether the page holds everything that was typed, to be sent or to be copied."""
    inputs = {value for values in visitor.fields.values() for value in values}
    return all(
        value in inputs or all(line in visitor.text for line in value.splitlines())
        for value in typed.values()
    )
