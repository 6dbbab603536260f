"""The form a visitor sees, in the same shape for every form page."""

import re
from collections.abc import Iterator
from typing import Any

from django.forms.boundfield import BoundField
from django.forms.utils import ErrorDict
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm

HONEYPOT = "website_address"
UNSHOWABLE = _("This text holds characters that cannot be shown. Remove them or type it again.")

# Control characters that no keyboard types; tab and line ends stay.
CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class VisitorForm(BaseForm):
    """Asks an editor's questions; says in words what is optional, and keeps what was typed."""

    use_required_attribute = False
    _errors: ErrorDict | None  # Django's own: None until the answers have been checked

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for bound in self.asked:
            self._describe(bound)

    @property
    def asked(self) -> list[BoundField]:
        """The editor's fields, hidden ones too, in the editor's order."""
        return [self[name] for name in self.fields]

    def full_clean(self) -> None:
        super().full_clean()
        if self.is_bound:
            for bound in self.asked:
                self._describe(bound)

    def _describe(self, bound: BoundField) -> None:
        """Tie the hint, the reason and the error to the field for assistive technology."""
        if bound.is_hidden:
            return
        attrs = bound.field.widget.attrs
        parts = list(self._describing_ids(bound))
        if parts:
            attrs["aria-describedby"] = " ".join(parts)
        if self._errors and bound.name in self._errors:
            attrs["aria-invalid"] = "true"

    def _describing_ids(self, bound: BoundField) -> Iterator[str]:
        if bound.field.help_text:
            yield f"{bound.auto_id}-hint"
        if getattr(bound.field, "why_we_ask", ""):
            yield f"{bound.auto_id}-why"
        if self._errors and bound.name in self._errors:
            yield f"{bound.auto_id}-error"

    @property
    def error_summary(self) -> list[dict[str, str]]:
        """Each error with the id of the control it belongs to, for the error summary."""
        return [
            {
                "id": self._first_control(self[name]) if name in self.fields else "",
                "message": str(text),
            }
            for name, messages in self.errors.items()
            for text in messages
        ]

    def _first_control(self, bound: BoundField) -> str:
        # A group of radio buttons or boxes has no control with the group's id.
        control = bound.subwidgets[0] if self._is_group(bound) else bound
        return control.id_for_label or ""

    def _is_group(self, bound: BoundField) -> bool:
        return bound.field.widget.use_fieldset

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        for name, value in cleaned.items():
            if isinstance(value, str) and CONTROLS.search(value):
                self.add_error(name, UNSHOWABLE)
        return cleaned
