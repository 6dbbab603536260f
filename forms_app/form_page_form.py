"""What the editor of a form page is told before saving."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import WagtailAdminFormPageForm

NEEDS_CHOICES = {"checkboxes", "dropdown", "multiselect", "radio"}


class FormPageForm(WagtailAdminFormPageForm):
    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        for form in self._field_forms():
            self._name_new_field(form)
            self._check_field(form)
        if cleaned.get("delivery") == "mail":
            self._check_address_is_asked()
        return cleaned

    def _field_forms(self) -> list[forms.ModelForm]:
        formset = self.formsets.get("form_fields")
        if formset is None:
            return []
        return [
            form
            for form in formset.forms
            if form.is_valid() and form.cleaned_data and not form.cleaned_data.get("DELETE")
        ]

    def _check_address_is_asked(self) -> None:
        if "form_fields" not in self.formsets:
            return
        addresses = [
            form.cleaned_data["required"]
            for form in self._field_forms()
            if form.cleaned_data.get("field_type") == "email"
        ]
        if not addresses or not all(addresses):
            self.add_error(
                "delivery",
                _("A link can only be mailed to an address: add an e-mail field and require it."),
            )

    def _name_new_field(self, form: forms.ModelForm) -> None:
        # Named now and not at publishing, so that a draft, its preview and the
        # live form call the field the same.
        field = form.instance
        if not field.clean_name:
            field.page = self.instance
            field.clean_name = field.get_field_clean_name()

    def _check_field(self, form: forms.ModelForm) -> None:
        data = form.cleaned_data
        if data.get("field_type") in NEEDS_CHOICES and not (data.get("choices") or "").strip():
            form.add_error("choices", _("Write the choices, one on each line."))
        if data.get("field_type") == "consent" and not (data.get("consent_text") or "").strip():
            form.add_error("consent_text", _("Write the words that people agree to."))
