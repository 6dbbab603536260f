"""What a form page must have before it is published, and who looked at a copy's addresses."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

from eoc_cms.core.pages.staff_form import StaffPageForm
from forms_app.field_types import WORDS_ONLY
from forms_app.placeholders import Labels, places_of, unclear_placeholders, unknown_placeholders

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

MAIL_TEXTS = (
    "visitor_mail_subject",
    "visitor_mail_body",
    "staff_mail_subject",
    "staff_mail_body",
)


class FormPageRules(StaffPageForm, WagtailAdminFormPageForm):
    confirm_recipients = forms.BooleanField(
        label=_("I have looked at these addresses"),
        required=False,
        help_text=_(
            "This form is a copy. Its answers are mailed to nobody until somebody has "
            "looked at the addresses above."
        ),
    )

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding or self.instance.has_confirmed_recipients:
            self.fields.pop("confirm_recipients", None)

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("confirm_recipients"):
            self.instance.recipients_confirmed_for = self.instance.form_key
        if not self.is_deferred_validation:
            for name, text in self._problems(cleaned).items():
                self.add_error(name, text)
        return cleaned

    def _problems(self, cleaned: Mapping[str, Any]) -> dict[str, "StrOrPromise"]:
        problems: dict[str, StrOrPromise] = {
            **opening_problems(cleaned),
            **mail_problems(cleaned, self._labels()),
        }
        is_asked = "confirm_recipients" in self.fields and cleaned.get("staff_addresses")
        if is_asked and not cleaned.get("confirm_recipients"):
            problems["confirm_recipients"] = _(
                "Look at the addresses that answers are mailed to, and tick this box."
            )
        return {name: text for name, text in problems.items() if name in self.fields}

    def _labels(self) -> dict[str, str]:
        formset = self.formsets.get("form_fields")
        valid = [form for form in formset.forms if form.is_valid()] if formset else []
        kept = [form for form in valid if form.cleaned_data and not form.cleaned_data.get("DELETE")]
        asked = [form for form in kept if form.cleaned_data.get("field_type") not in WORDS_ONLY]
        return {form.instance.clean_name: form.cleaned_data.get("label", "") for form in asked}


def opening_problems(data: Mapping[str, Any]) -> dict[str, "StrOrPromise"]:
    """Return what the dates lack, by field."""
    opens, closes = data.get("opens_at"), data.get("closes_at")
    if opens and closes and closes <= opens:
        return {"closes_at": _("The form has to close after it opens.")}
    return {}


def mail_problems(data: Mapping[str, Any], labels: Labels) -> dict[str, "StrOrPromise"]:
    """Return which mail names in braces what the form does not ask or asks twice, by field."""
    problems: dict[str, StrOrPromise] = {}
    for name in MAIL_TEXTS:
        text = data.get(name) or ""
        for unclear, places in unclear_placeholders(text, labels).items():
            problems[name] = _(
                "More than one question is called “%(label)s”. Write %(places)s, as it stands "
                "under each of them."
            ) % {"label": unclear, "places": _in_braces(places, _(" or "))}
        if unknown := unknown_placeholders(text, labels):
            problems[name] = _(
                "There is no %(unknown)s. You can put in: {title}, {link}, {receipt}%(labels)s."
            ) % {
                "unknown": _in_braces(unknown),
                "labels": "".join(f", {{{place}}}" for place in places_of(labels).values()),
            }
    return problems


def _in_braces(names: Iterable[str], between: "StrOrPromise" = ", ") -> str:
    return str(between).join(f"{{{name}}}" for name in names)
