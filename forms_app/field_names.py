"""Names of form fields: the key under which an answer is stored, for ever."""

from collections.abc import Collection

from wagtail.contrib.forms.utils import get_field_clean_name

# What the form, the stored answer or its export already call something else.
RESERVED = frozenset(
    {"form_version", "page", "receipt", "source_title", "submit_time", "user", "website_address"}
)
MAX_NAME_LENGTH = 60


def name_for_label(label: str, *, taken: Collection[str]) -> str:
    """Return an ASCII name for a label that is neither reserved nor taken."""
    stem = get_field_clean_name(label)[:MAX_NAME_LENGTH].strip("_") or "field"
    name, number = stem, 1
    while name in RESERVED or name in taken:
        number += 1
        name = f"{stem}_{number}"
    return name
