"""The columns of a form's answers: what it asks now, then what it asked earlier.

An answer belongs to the field that asked for it, by the field's name, which no
later field can take. A retired field keeps its column, marked, under the words
it was last asked with.
"""

from typing import Any

from django.utils.translation import gettext as _

from forms_app.models import FormPage, FormVersion

LEADING = (
    ("receipt", "Receipt number"),
    ("submit_time", "Sent"),
    ("source_title", "Sent from"),
)


def columns_of_form(form_page: FormPage) -> list[tuple[str, Any]]:
    """Return (name, heading) of every column of one form, the retired ones last."""
    current = [(field.clean_name, field.label) for field in form_page.get_form_fields()]
    names = {name for name, _label in current}
    retired = [
        (name, _("%(label)s (no longer asked)") % {"label": label})
        for name, label in labels_ever_asked([form_page.form_key]).items()
        if name not in names
    ]
    return [*leading_columns(), *current, *retired]


def leading_columns() -> list[tuple[str, str]]:
    return [(name, _(heading)) for name, heading in LEADING]


def labels_ever_asked(form_keys: list[Any] | None = None) -> dict[str, str]:
    """Return the latest label of every field that some version asked, by field name."""
    versions = FormVersion.objects.order_by("created_at", "pk")
    if form_keys is not None:
        versions = versions.filter(form_key__in=form_keys)
    labels: dict[str, str] = {}
    for version in versions.iterator():
        labels.update(version.labels())
    return labels
