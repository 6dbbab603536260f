"""Build the visitor's form from what one version of it asks: Wagtail's builder, extended.

Every type has a limit, so that no answer can be too large to store, show or
export, and every message says what to do next.
"""

from typing import TYPE_CHECKING, Any, TypedDict

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import RegexValidator
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import FormBuilder

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.mailbox import LONGEST_ADDRESS
from forms_app.asking.choice_fields import BoxesInput, ChosenField, RadioInput
from forms_app.asking.file_field import VisitorFileField, hint_with_limits
from forms_app.asking.parts import lines_of, part_of
from forms_app.asking.regions import US_STATES, country_choices
from forms_app.asking.typed_fields import (
    AddressField,
    DayField,
    NumberField,
    SignsField,
    WallClockField,
)
from forms_app.asking.visitor_form import AskedForm
from forms_app.field_types import DEFAULT_PURPOSE, TICK_BOXES, WITH_CHOICES, WITH_PLACES
from forms_app.models import FormVersion
from forms_app.models.asked_field import AskedField

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LINE_LIMIT = 255
TEXT_LIMIT = 10_000
URL_LIMIT = 2_000


class FieldOptions(TypedDict, total=False):
    """What every field of a form is made with."""

    label: str
    help_text: str
    required: bool
    initial: object
    error_messages: dict[str, "StrOrPromise"]


class TextOptions(FieldOptions):
    max_length: int


_forms = Remembered[type[AskedForm]]()


def form_of(
    version: FormVersion,
    data: QueryDict | None = None,
    files: MultiValueDict[str, UploadedFile] | None = None,
) -> AskedForm:
    """Return the form that a version shows, blank or with what was sent."""
    key = (version.form_key, version.digest, get_language())
    form = _forms.get(key, VisitorFormBuilder(version.asked).get_form_class)(data, files)
    form.version = version
    return form


class VisitorFormBuilder(FormBuilder):
    def get_form_class(self) -> type[AskedForm]:
        made: Any = type(
            "FormOfVersion", (AskedForm,), {"parts": [part_of(f) for f in self.fields]}
        )
        # Set on the finished class: named in its body, a field called “prefix” or
        # “clean” would take the place of what Django keeps under that name.
        made.base_fields = made.declared_fields = self.formfields
        return made

    @property
    def formfields(self) -> dict[str, forms.Field]:
        asked = [field for field in self.fields if field.is_question]
        return {part_of(field).name: self._make(field) for field in asked}

    def _make(self, field: AskedField) -> forms.Field:
        create = self.get_create_field_function(field.field_type)
        made: Any = create(field, self.get_field_options(field))
        made.why_we_ask = field.why_we_ask
        made.field_type = field.field_type
        purpose = field.purpose or DEFAULT_PURPOSE.get(field.field_type, "")
        if purpose:
            made.widget.attrs["autocomplete"] = purpose
        return made

    def get_formatted_field_choices(self, field: AskedField) -> list[tuple[str, str]]:
        """Offer each line once; Wagtail takes a single line apart at its commas."""
        return [(value, value) for value in dict.fromkeys(lines_of(field.choices))]

    def get_formatted_field_initial(self, field: AskedField) -> list[str]:
        return list(lines_of(field.default_value))

    def get_field_options(self, field: AskedField) -> FieldOptions:
        options: FieldOptions = super().get_field_options(field)
        if field.field_type in WITH_CHOICES:
            options["initial"] = next(iter(lines_of(field.default_value)), "")
        options["error_messages"] = {
            "required": self._required_message(field),
            "invalid_choice": _("Choose one of the answers that are offered."),
            "invalid_list": _("Choose one of the answers that are offered."),
        }
        return options

    def _required_message(self, field: AskedField) -> str:
        if field.field_type == "consent":
            # Visitors read its wording; the label is a name for staff.
            return str(_("Tick the box to go on."))
        if field.field_type in TICK_BOXES:
            return _("Tick “%(label)s” to go on.") % {"label": field.label}
        if field.field_type in WITH_CHOICES | WITH_PLACES:
            return _("Choose an answer for “%(label)s”.") % {"label": field.label}
        if field.field_type == "file":
            return _("Choose a file for “%(label)s”.") % {"label": field.label}
        return _("Fill in “%(label)s”.") % {"label": field.label}

    def _text(self, field: AskedField, options: FieldOptions, limit: int) -> TextOptions:
        limit = min(field.max_length or limit, 100_000)
        options["error_messages"]["max_length"] = _(
            "“%(label)s” is too long: shorten it to %(limit)s characters or fewer."
        ) % {"label": field.label, "limit": f"{limit:,}"}
        return {**options, "max_length": limit}

    def create_singleline_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return forms.CharField(**self._text(field, options, LINE_LIMIT))

    def create_multiline_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return forms.CharField(
            widget=forms.Textarea(attrs={"rows": 6}), **self._text(field, options, TEXT_LIMIT)
        )

    def create_email_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["error_messages"]["invalid"] = _(
            "Write an e-mail address such as name@example.org."
        )
        return AddressField(**self._text(field, options, LONGEST_ADDRESS))

    def create_url_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write an address such as https://example.org.")
        return forms.URLField(assume_scheme="https", **self._text(field, options, URL_LIMIT))

    def create_number_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["error_messages"]["invalid"] = _(
            "Write a number with a point for decimals, such as 1,200 or 3.5."
        )
        too_long = _("This number is too long: shorten it to 20 digits and 10 behind the point.")
        for code in ("max_digits", "max_decimal_places", "max_whole_digits"):
            options["error_messages"][code] = too_long
        return NumberField(max_digits=30, decimal_places=10, **options)

    def create_date_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write a date such as 2026-03-31.")
        widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
        return DayField(widget=widget, **options)

    def create_datetime_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["error_messages"]["invalid"] = _("Write a date and time such as 2026-03-31 14:30.")
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format="%Y-%m-%dT%H:%M")
        return WallClockField(widget=widget, **options)

    def create_dropdown_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return self._choice(options, self.get_formatted_field_choices(field))

    def create_radio_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        choices = self.get_formatted_field_choices(field)
        return forms.ChoiceField(choices=choices, widget=RadioInput, **options)

    def create_checkboxes_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return self._several(field, options, widget=BoxesInput)

    def create_multiselect_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return self._several(field, options)

    def _several(
        self, field: AskedField, options: FieldOptions, widget: type[forms.Widget] | None = None
    ) -> forms.Field:
        options["initial"] = self.get_formatted_field_initial(field)
        return ChosenField(
            choices=self.get_formatted_field_choices(field), widget=widget, **options
        )

    def create_us_state_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return self._choice(options, list(US_STATES))

    def create_country_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return self._choice(options, country_choices())

    def _choice(self, options: FieldOptions, choices: list[tuple[str, str]]) -> forms.Field:
        return forms.ChoiceField(choices=[("", _("Choose one")), *choices], **options)

    def create_hidden_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return forms.CharField(widget=forms.HiddenInput, **self._text(field, options, LINE_LIMIT))

    def create_phone_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        # Kept as typed: numbers have leading zeros, extensions and a plus sign.
        digits = RegexValidator(
            r"\A(?=(?:\D*\d){3})[\d\s().+\-/x#,;*extEXT]+\Z",
            _("Write a telephone number, such as +1 404 555 0100."),
        )
        return SignsField(
            widget=forms.TextInput(attrs={"type": "tel"}),
            validators=[digits],
            **self._text(field, options, 40),
        )

    def create_postcode_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        return SignsField(**self._text(field, options, 12))

    def create_file_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        options["help_text"] = hint_with_limits(options["help_text"])
        options["initial"] = None
        return VisitorFileField(**options)

    def create_consent_field(self, field: AskedField, options: FieldOptions) -> forms.Field:
        # Never ticked beforehand: consent is an act (GDPR recital 32).
        options["initial"] = False
        made: Any = forms.BooleanField(**options)
        made.consent_text = field.consent_text
        return made
