from collections.abc import Iterable
from typing import Any

from django import template

from forms_app.editing.answers_held import answers_below, in_words

register = template.Library()


@register.simple_tag
def answers_that_stay(items: Iterable[dict[str, Any]]) -> str:
    """Say how many answers hang on the pages of a bulk action."""
    return in_words(answers_below([item["item"] for item in items]))
