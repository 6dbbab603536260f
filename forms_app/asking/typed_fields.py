"""Questions that are answered with digits and signs, in whichever of them people type.

Telephones, word processors and scripts other than the Latin put in digits and dashes of
their own. They mean the same, so they are stored as the same.
"""

import datetime
import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime

from eoc_cms.core.mailbox import INVISIBLE, LONGEST_ADDRESS, normalise_email

SIGNS = str.maketrans(
    {
        **dict.fromkeys("\u2212\u2043\u30fc", "-"),  # minus, hyphen bullet, long vowel mark
        **dict.fromkeys("\u00b7\u2022\u2027\u2219\u22c5\u30fb", "."),  # dots between groups
        **dict.fromkeys("\u2019\u2018\u02bc\u2032", "'"),
        "\u2044": "/",
        "\u066b": ".",  # the Arabic signs for a decimal and for thousands
        "\u066c": ",",
    }
)
# Made plain, “10²” would be 102.
RAISED = re.compile("([\u00b2\u00b3\u00b9\u00bc-\u00be\u2070-\u2089\u2150-\u215f\u2189])")
# Groups of three behind one sign, as 1,200 or 1 200 or 1'200; a point is for decimals alone.
GROUPED = re.compile(r"([+-]?)(\d{1,3}(?:([, '])\d{3})(?:\3\d{3})*)(\.\d*)?")
PLAIN = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?")


def plain_signs(text: str) -> str:
    """Return a text with the digits, dashes and dots of an American keyboard."""
    parts = (part if RAISED.fullmatch(part) else _compatible(part) for part in RAISED.split(text))
    return "".join(map(_plain, "".join(parts))).strip()


def plain_number(text: str) -> str:
    """Return a number as it is stored, without what groups its digits; other text as it is."""
    plain = plain_signs(text)
    if grouped := GROUPED.fullmatch(plain):
        sign, whole, _separator, decimals = grouped.groups()
        return f"{sign}{re.sub(r'[^0-9]', '', whole)}{decimals or ''}"
    return plain


def _compatible(text: str) -> str:
    return unicodedata.normalize("NFKC", text).translate(SIGNS)


def _plain(char: str) -> str:
    if unicodedata.category(char) == "Pd":
        return "-"
    digit = unicodedata.decimal(char, None)
    return char if digit is None else str(digit)


class SignsField(forms.CharField):
    """A telephone number or a postcode: kept as typed, in plain digits and signs."""

    def to_python(self, value: object) -> str:
        return plain_signs(super().to_python(value) or "")


class NumberField(forms.DecimalField):
    # Not the browser's own input for numbers, which drops “1,200” before anybody sees it.
    widget = forms.TextInput

    def to_python(self, value: object) -> Any:  # a Decimal, where Django types an int
        text = plain_number(str(value)) if value not in self.empty_values else ""
        if text and not PLAIN.fullmatch(text):
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return super().to_python(text)


class DayField(forms.DateField):
    def to_python(self, value: Any) -> datetime.date | None:
        return super().to_python(plain_signs(value) if isinstance(value, str) else value)


class WallClockField(forms.DateTimeField):
    """A day and a time as they stand on the wall: a text, and no moment in a time zone.

    So each can be given, those also that a change of the clocks leaves out or brings twice.
    """

    def to_python(self, value: object) -> datetime.datetime | None:
        text = plain_signs(value) if isinstance(value, str) else ""
        if not text:
            return None
        try:
            moment = parse_datetime(text)
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        if moment is None:
            # Past Django's own field, which looks for a moment.
            moment = super(forms.DateTimeField, self).to_python(text)
        return moment.replace(tzinfo=None, microsecond=0) if moment else None


class AddressField(forms.EmailField):
    """An e-mail address without a character that cannot be seen, and short enough to be kept."""

    def to_python(self, value: object) -> str:
        text = super().to_python(value) or ""
        return "".join(char for char in text if unicodedata.category(char) not in INVISIBLE)

    def validate(self, value: str) -> None:
        super().validate(value)
        # Some addresses are longer in the form in which they are compared.
        if max(len(value), len(normalise_email(value))) > LONGEST_ADDRESS:
            raise ValidationError(self.error_messages["max_length"], code="max_length")
