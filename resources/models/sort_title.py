"""A title as it is sorted, stored beside it so that both databases sort alike, and at once."""

import unicodedata
from typing import Any

from django.db import models


def sortable(text: str) -> str:
    """Return text as it is sorted: capitals and accents make no difference."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in plain if not unicodedata.combining(char))


class SortTitleField(models.TextField):
    """Worked out anew whenever its page is stored, by whatever way."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{**kwargs, "editable": False, "default": ""})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Be a plain text field to migrations, which must not lean on living code."""
        name, _path, args, kwargs = super().deconstruct()
        return name, "django.db.models.TextField", [*args], dict(kwargs)

    def pre_save(self, page: Any, add: bool) -> str:
        value = sortable(page.card_title)
        setattr(page, self.attname, value)
        return value
