"""What the editor of a form page is told before saving."""

from operator import itemgetter

from django import forms
from django.utils.translation import gettext_lazy as _

from forms_app.editing.field_conditions import check_conditions, show_labels
from forms_app.editing.form_page_rules import FormPageRules
from forms_app.field_names import name_for_label
from forms_app.field_types import WITH_CHOICES, WORDS_ONLY

# How a question is shown in a draft until its type is chosen.
PLAINEST = "singleline"


class FormPageForm(FormPageRules):
    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if formset := self.formsets.get("form_fields"):
            show_labels(formset.forms)

    def clean(self) -> dict[str, object]:
        # Before Wagtail looks, which would refuse two new fields with the same label.
        for form in self._field_forms():
            self._name_new_field(form)
        cleaned = super().clean()
        check_conditions(self._field_forms(), self._deleted_field_forms())
        for form in self._field_forms():
            self._check_field(form)
        if cleaned.get("delivery") == "mail" and not self.is_deferred_validation:
            self._check_address_is_asked()
        return cleaned

    def _field_forms(self) -> list[forms.ModelForm]:
        """Return the fields that stay, in the order the editor has put them in."""
        forms_ = [form for form in self._valid_field_forms() if not form.cleaned_data.get("DELETE")]
        orders = [form.cleaned_data.get("ORDER") for form in forms_]
        last = len(self.formsets["form_fields"].forms) if forms_ else 0
        places = [last if order is None else order for order in orders]
        return [
            form for _place, form in sorted(zip(places, forms_, strict=True), key=itemgetter(0))
        ]

    def _deleted_field_forms(self) -> list[forms.ModelForm]:
        return [form for form in self._valid_field_forms() if form.cleaned_data.get("DELETE")]

    def _valid_field_forms(self) -> list[forms.ModelForm]:
        formset = self.formsets.get("form_fields")
        if formset is None:
            return []
        return [form for form in formset.forms if form.is_valid() and form.cleaned_data]

    def _check_address_is_asked(self) -> None:
        if "form_fields" not in self.formsets:
            return
        # One that is not always asked can be missing from an answer.
        addresses = [
            form.cleaned_data["required"] and not form.cleaned_data.get("show_if")
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
            taken = {form.instance.clean_name for form in self._valid_field_forms()}
            taken |= self.instance.names_taken_by_others(field)
            field.clean_name = name_for_label(field.label, taken=taken)

    def _check_field(self, form: forms.ModelForm) -> None:
        data = form.cleaned_data
        if data.get("field_type") in WORDS_ONLY:
            form.instance.required = False
        if self.is_deferred_validation:
            form.instance.field_type = data.get("field_type") or PLAINEST
            return
        if data.get("field_type") in WITH_CHOICES and not (data.get("choices") or "").strip():
            form.add_error("choices", _("Write the choices, one on each line."))
        if data.get("field_type") == "consent" and not (data.get("consent_text") or "").strip():
            form.add_error("consent_text", _("Write the words that people agree to."))
