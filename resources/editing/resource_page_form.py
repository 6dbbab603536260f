"""What the editor of a resource starts from."""

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
