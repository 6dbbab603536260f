"""Build the visitor's form from an editor's fields: Wagtail's builder, extended.

Every type has a limit, so that no answer can be too large to store, show or
export, and every message says what to do next.
"""

from typing import Any

from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import FormBuilder
from wagtail.contrib.forms.models import FORM_FIELD_CHOICES

from forms_app.regions import US_STATES
from forms_app.visitor_form import UNSHOWABLE, VisitorForm

FIELD_TYPES = [
    *FORM_FIELD_CHOICES,
    ("phone", _("Telephone number")),
    ("postcode", _("Postcode")),
    ("us_state", _("U.S. state or territory")),
    ("consent", _("Consent")),
]

# WCAG 2.2, 1.3.5 and the HTML standard's autofill field names.
PURPOSES = [
    ("name", _("Name")),
    ("email", _("E-mail address")),
    ("tel", _("Telephone number")),
    ("organization", _("Organisation")),
    ("organization-title", _("Job title")),
    ("postal-code", _("Postcode")),
    ("address-level1", _("State")),
    ("country-name", _("Country")),
]
DEFAULT_PURPOSE = {"email": "email", "phone": "tel", "postcode": "postal-code"}

LINE_LIMIT = 255
TEXT_LIMIT = 10_000
EMAIL_LIMIT = 254  # RFC 5321 §4.5.3.1.3, less the angle brackets
URL_LIMIT = 2_000


class VisitorFormBuilder(FormBuilder):
    def get_form_class(self) -> type[VisitorForm]:
        return type("AskedForm", (VisitorForm,), dict(self.formfields))

    @property
    def formfields(self) -> dict[str, forms.Field]:
        made = super().formfields
        for field, form_field in zip(self.fields, made.values(), strict=False):
            form_field.why_we_ask = field.why_we_ask
            form_field.field_type = field.field_type
            purpose = field.purpose or DEFAULT_PURPOSE.get(field.field_type, "")
            if purpose:
                form_field.widget.attrs["autocomplete"] = purpose
        return made

    def get_field_options(self, field: Any) -> dict[str, Any]:
        options = super().get_field_options(field)
        options["error_messages"] = {
            "required": self._required_message(field),
            "invalid_choice": _("Choose one of the answers that are offered."),
            "null_characters_not_allowed": UNSHOWABLE,
        }
        return options

    def _required_message(self, field: Any) -> str:
        if field.field_type in {"checkbox", "consent"}:
            return _("Tick “%(label)s” to go on.") % {"label": field.label}
        if field.field_type in {"dropdown", "radio", "us_state", "multiselect", "checkboxes"}:
            return _("Choose an answer for “%(label)s”.") % {"label": field.label}
        return _("Fill in “%(label)s”.") % {"label": field.label}

    def _text(self, field: Any, options: dict[str, Any], limit: int) -> dict[str, Any]:
        limit = min(field.max_length or limit, 100_000)
        options["max_length"] = limit
        options["error_messages"]["max_length"] = _(
            "“%(label)s” is too long: shorten it to %(limit)s characters or fewer."
        ) % {"label": field.label, "limit": f"{limit:,}"}
        return options

    def create_singleline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(**self._text(field, options, LINE_LIMIT))

    def create_multiline_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(
            widget=forms.Textarea(attrs={"rows": 6}), **self._text(field, options, TEXT_LIMIT)
        )

    def create_email_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _(
            "Write an e-mail address such as name@example.org."
        )
        return forms.EmailField(**self._text(field, options, EMAIL_LIMIT))

    def create_url_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write an address such as https://example.org.")
        return forms.URLField(assume_scheme="https", **self._text(field, options, URL_LIMIT))

    def create_number_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write a number, such as 12 or 3.5.")
        return forms.DecimalField(max_digits=30, decimal_places=10, **options)

    def create_date_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write a date such as 2026-03-31.")
        return forms.DateField(widget=forms.DateInput(attrs={"type": "date"}), **options)

    def create_datetime_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write a date and time such as 2026-03-31 14:30.")
        return forms.DateTimeField(**options)

    def create_dropdown_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return self._choice(options, self.get_formatted_field_choices(field))

    def create_us_state_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return self._choice(options, list(US_STATES))

    def _choice(self, options: dict[str, Any], choices: list[tuple[str, str]]) -> forms.Field:
        return forms.ChoiceField(choices=[("", _("Choose one")), *choices], **options)

    def create_hidden_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(widget=forms.HiddenInput, **self._text(field, options, LINE_LIMIT))

    def create_phone_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        # Kept as typed: numbers have leading zeros, extensions and a plus sign.
        digits = RegexValidator(
            r"\A(?=(?:\D*\d){3})[\d\s().+\-/x#,;*extEXT]+\Z",
            _("Write a telephone number, such as +1 404 555 0100."),
        )
        return forms.CharField(
            widget=forms.TextInput(attrs={"type": "tel"}),
            validators=[digits],
            **self._text(field, options, 40),
        )

    def create_postcode_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        return forms.CharField(**self._text(field, options, 12))

    def create_consent_field(self, field: Any, options: dict[str, Any]) -> forms.Field:
        # Never ticked beforehand: consent is an act (GDPR recital 32).
        options["initial"] = False
        made: Any = forms.BooleanField(**options)
        made.consent_text = field.consent_text
        return made
