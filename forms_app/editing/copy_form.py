"""A copied form asks in its own name, so it starts as a draft for somebody to look at.

Its answers would else go to the addresses of the form it was copied from; see
FormMails.recipients_confirmed_for.
"""

from typing import Any

from wagtail.admin.forms.pages import CopyForm


class FormCopyForm(CopyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("publish_copies", None)
