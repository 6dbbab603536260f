"""The one way up from a model: an attribute that lives in a room above it.

Wagtail asks a page type for its view, its editor's form and its lists. Those are made of
what lies above the models, so a page type names each by its path, and it is loaded when it
is first asked for. Models reach upward in no other way, which the import contracts hold; a
test opens every doorway.
"""

from functools import cached_property
from typing import Any

from django.utils.module_loading import import_string


class Doorway:
    """A class attribute named by its dotted path: `forms_app.intake.answering.FormPageView`.

    Typed as whatever it leads to. Raises ImportError when it is first read and leads nowhere.
    """

    def __init__(self, path: str) -> None:
        self.path = path

    @cached_property
    def beyond(self) -> Any:
        return import_string(self.path)

    def __get__(self, instance: object | None, owner: type) -> Any:
        return self.beyond
