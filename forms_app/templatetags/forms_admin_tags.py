from collections.abc import Iterable

from django import template
from wagtail.models import Page

from forms_app.editing.answers_held import answers_below, in_words

register = template.Library()


@register.simple_tag
def answers_that_stay(items: Iterable[dict[str, Page]]) -> str:
    """Say how many answers hang on the pages of a bulk action."""
    return in_words(answers_below([item["item"] for item in items]))
