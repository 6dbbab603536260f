"""What forms and languages are called, where staff and visitors read of them."""

import uuid
from collections.abc import Collection

from django.utils.translation import get_language_info

from forms_app.models import FormPage, FormVersion


def form_titles(keys: Collection[uuid.UUID] | None = None) -> dict[uuid.UUID, str]:
    """Return the title of each form by its key, in the order of titles; None for all forms."""
    versions = FormVersion.objects.order_by("created_at", "pk")
    pages = FormPage.objects.filter(alias_of=None).order_by("pk")
    if keys is not None:
        versions = versions.filter(form_key__in=keys)
        pages = pages.filter(form_key__in=keys)
    titles = dict(versions.values_list("form_key", "title"))
    titles |= dict(pages.values_list("form_key", "title"))
    return dict(sorted(titles.items(), key=lambda item: (item[1].casefold(), str(item[0]))))


def language_in_words(code: str) -> str:
    """Return a language's name in words, or the code of one that has no name here."""
    try:
        return str(get_language_info(code)["name_translated"])
    except KeyError:
        return code
