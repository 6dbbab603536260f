"""What the editor of a resource starts from, and what its files need to be published."""

from typing import Any

from django.utils.translation import gettext as _

from eoc_cms.core.pages.publishing_form import PublishingForm
from eoc_cms.core.site import default_site_settings


class ResourcePageForm(PublishingForm):
    """Has the site's usual form chosen already when a resource is added."""

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if self.instance._state.adding and "gate_form" in self.fields:
            self.initial["gate_form"] = (
                self.initial.get("gate_form") or default_site_settings().default_form_id
            )

    def clean(self) -> dict[str, object]:
        cleaned = super().clean()
        is_behind_form = cleaned.get("gate_mode") != self.instance.GateMode.OPEN
        if is_behind_form and not self.is_deferred_validation:
            self._refuse_closed_files()
        return cleaned

    def _refuse_closed_files(self) -> None:
        """Refuse what visitors cannot open: they would fill in a form for nothing."""
        for row in self.formsets["files"].forms:
            chosen = row.cleaned_data if row.is_valid() else {}
            document = chosen.get("document")
            if document and document.is_closed and not chosen.get("DELETE"):
                row.add_error("document", _closed())

    def save(self, commit: bool = True) -> Any:
        """Save the page; its draft also keeps the rows for which no file is chosen yet."""
        page = super().save(commit=commit)
        if commit and (rows := self.formsets.get("files")):
            begun = [row for row in rows.forms if row.has_changed()]
            kept = [row.instance for row in begun if row not in rows.deleted_forms]
            page.files.add(*[row for row in kept if not row.document_id])
        return page


def _closed() -> str:
    return _(
        "Visitors cannot open this PDF, so nobody should fill in a form for it. Choose another "
        "file. If visitors get what it takes in another way, open it under Documents and tick "
        "“Publish it all the same”."
    )
