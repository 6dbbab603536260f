"""The one field into which a visitor types a code."""

from django import forms
from django.utils.translation import gettext_lazy as _

from forms_app.asking.visitor_form import VisitorForm


class CodeForm(VisitorForm):
    code = forms.CharField(
        label=_("Code"),
        help_text=_("Four groups of four letters and digits. Capitals and dashes do not matter."),
        error_messages={"required": _("Type the code you were given.")},
        widget=forms.TextInput(
            attrs={
                "autocomplete": "off",
                "autocapitalize": "characters",
                "spellcheck": "false",
            }
        ),
    )

    def refuse(self, words: str, *, about_the_code: bool) -> None:
        """Add an error found outside the form, tied to the field where it is about the code."""
        self.add_error("code" if about_the_code else None, words)
        self._describe(self["code"])
