"""What the editor of a resource starts from."""

from typing import Any

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

    def save(self, commit: bool = True) -> Any:
        """Save the page; its draft also keeps the rows for which no file is chosen yet."""
        page = super().save(commit=commit)
        if commit and (rows := self.formsets.get("files")):
            begun = [form.instance for form in rows.forms if form.has_changed()]
            kept = [row for row in begun if row not in rows.deleted_objects]
            page.files.add(*[row for row in kept if not row.document_id])
        return page
