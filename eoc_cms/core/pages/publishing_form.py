"""Hold a page's rules for publishing when it is published, and not before.

Wagtail runs a model's own `clean` for drafts too, which would refuse a draft
with anything missing.
"""

from eoc_cms.core.pages.staff_form import StaffPageForm


class PublishingForm(StaffPageForm):
    """Asks the page type's `publishing_problems(data)`: a text for each field at fault."""

    def clean(self) -> dict[str, object]:
        cleaned: dict[str, object] = super().clean()
        if not self.is_deferred_validation:
            for name, text in self.instance.publishing_problems(cleaned).items():
                self.add_error(name, text)
        return cleaned
