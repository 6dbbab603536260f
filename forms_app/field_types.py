"""The types of field an editor can choose, and what sets them apart."""

from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import FORM_FIELD_CHOICES

CONTENT, STEP, CONSENT = "content", "step", "consent"
# They stand between the questions: they ask nothing, store nothing and are no column.
WORDS_ONLY = frozenset({CONTENT, STEP})

FIELD_TYPES = [
    *FORM_FIELD_CHOICES,
    ("phone", _("Telephone number")),
    ("postcode", _("ZIP code")),
    ("us_state", _("U.S. state or territory")),
    ("country", _("Country")),
    (CONSENT, _("Consent")),
    ("file", _("File")),
    (CONTENT, _("Text between the questions")),
    (STEP, _("A new step begins here")),
]

# Whose choices the editor writes.
WITH_CHOICES = frozenset({"checkboxes", "dropdown", "multiselect", "radio"})
# Whose answer is among choices that the form gives itself.
WITH_PLACES = frozenset({"country", "us_state"})
TICK_BOXES = frozenset({"checkbox", CONSENT})

# WCAG 2.2, 1.3.5 and the HTML standard's autofill field names.
PURPOSES = [
    ("name", _("Name")),
    ("email", _("E-mail address")),
    ("tel", _("Telephone number")),
    ("organization", _("Organization")),
    ("organization-title", _("Job title")),
    ("postal-code", _("ZIP code")),
    ("address-level1", _("State")),
    ("country-name", _("Country")),
]
DEFAULT_PURPOSE = {
    "email": "email",
    "phone": "tel",
    "postcode": "postal-code",
    "us_state": "address-level1",
    "country": "country-name",
}
