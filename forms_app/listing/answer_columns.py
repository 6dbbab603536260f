"""The columns of answers: what is asked now, then what was asked earlier.

An answer belongs to the field that asked for it, by the field's name, which no
later field of its form can take. A retired field keeps its column, marked. The
heading tells every wording under which the column was ever asked.
"""

import uuid
from collections import Counter
from collections.abc import Collection

from django.utils.translation import gettext as _

from forms_app.field_types import WORDS_ONLY
from forms_app.models import FormField, FormVersion

LEADING = (
    ("receipt", "Receipt number"),
    ("submit_time", "Sent"),
    ("source_title", "Sent from"),
)


def columns_of_form(form_key: uuid.UUID) -> list[tuple[str, str]]:
    """Return (name, heading) of every column of one form, the retired ones last."""
    leading = [(name, _(heading)) for name, heading in LEADING]
    return [*leading, *asked_columns([form_key]).items()]


def asked_columns(form_keys: Collection[uuid.UUID]) -> dict[str, str]:
    """Return the heading of every field that these forms ask or ever asked, by its name."""
    now = _labels_now(form_keys)
    ever = _labels_ever(form_keys)
    headings = {name: heading_of(label, ever.get(name, [])) for name, label in now.items()}
    for name, labels in ever.items():
        if name not in now:
            heading = heading_of(labels[-1], labels)
            headings[name] = _("%(label)s (no longer asked)") % {"label": heading}
    return with_unique_headings(headings)


def heading_of(label: str, wordings: list[str]) -> str:
    """Add to a label the other words that the same field was asked with."""
    others = [f"“{words}”" for words in dict.fromkeys(wordings) if words != label]
    if not others:
        return label
    return _("%(label)s (also asked as %(others)s)") % {
        "label": label,
        "others": ", ".join(others),
    }


def with_unique_headings(headings: dict[str, str]) -> dict[str, str]:
    """Add its name to each heading that another column has too."""
    counts = Counter(headings.values())
    return {
        name: f"{heading} [{name}]" if counts[heading] > 1 else heading
        for name, heading in headings.items()
    }


def _labels_now(form_keys: Collection[uuid.UUID]) -> dict[str, str]:
    fields = FormField.objects.filter(page__form_key__in=form_keys)
    asked = fields.exclude(field_type__in=WORDS_ONLY).exclude(clean_name="")
    return dict(asked.order_by("-page", "-sort_order").values_list("clean_name", "label")[::-1])


def _labels_ever(form_keys: Collection[uuid.UUID]) -> dict[str, list[str]]:
    versions = FormVersion.objects.filter(form_key__in=form_keys).order_by("created_at", "pk")
    labels: dict[str, list[str]] = {}
    for version in versions.iterator():
        for field in version.fields:
            if field.get("type") not in WORDS_ONLY:
                labels.setdefault(field["name"], []).append(field["label"])
    return labels
