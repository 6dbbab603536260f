"""Addresses as people write them: `linkedin.com/…`, or `/contact/` on this site."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

ON_THIS_SITE = re.compile(r"/(?![/\\])\S*")
HAS_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:", re.IGNORECASE)
MESSAGE = _("Give an address such as “linkedin.com/company/…”, or “/contact/” on this site.")


def validate_address(value: str) -> None:
    """Refuse what is neither an address on the web nor one on this site."""
    if not ON_THIS_SITE.fullmatch(value):
        URLValidator(schemes=["http", "https"], message=MESSAGE)(value)


class AddressFormField(forms.URLField):
    """An address with or without its beginning; browsers would refuse those without."""

    default_validators = [validate_address]
    default_error_messages = {"invalid": MESSAGE}
    widget = forms.TextInput(attrs={"inputmode": "url"})

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"assume_scheme": "https", **options})

    def to_python(self, value: Any) -> str:
        address = str(forms.CharField.to_python(self, value))
        if not address or address.startswith("/") or HAS_SCHEME.match(address):
            return address
        if "." not in address.partition("/")[0]:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return f"https://{address}"


class AddressBlock(blocks.URLBlock):
    def __init__(self, max_length: int = 200, **options: Any) -> None:
        super().__init__(max_length=max_length, **options)
        names = ("required", "help_text")
        given = {name: options[name] for name in names if name in options}
        self.field = AddressFormField(max_length=max_length, **given)

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Keep this class out of migrations: to them it is Wagtail's own block."""
        _path, args, options = super().deconstruct()
        return "wagtail.blocks.URLBlock", list(args), options
