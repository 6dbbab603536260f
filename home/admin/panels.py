"""The panels of the admin's home, beside Wagtail's own for approvals and recent edits."""

from collections.abc import Mapping

from django.forms import Media
from wagtail.admin.ui.components import Component

from eoc_cms.core.models import Staff
from forms_app.rights import may_view
from home.admin.actions import actions_for
from home.admin.attention import findings_for
from home.admin.requests import new_requests


class StaffPanel(Component):
    def __init__(self, user: Staff) -> None:
        self.user = user

    @property
    def media(self) -> Media:
        return Media(css={"all": ["eoc/admin/home.css"]})


class ActionsPanel(StaffPanel):
    name = "actions"
    template_name = "home/admin/actions.html"
    order = 10

    def get_context_data(
        self, parent_context: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        return {"actions": actions_for(self.user)}


# Wagtail's panels of what waits for approval have the orders 210 and 220.
class NewRequestsPanel(StaffPanel):
    name = "new-requests"
    template_name = "home/admin/new_requests.html"
    order = 230

    def get_context_data(
        self, parent_context: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        return {"requests": new_requests(self.user)}


class AttentionPanel(StaffPanel):
    name = "attention"
    template_name = "home/admin/attention.html"
    order = 240

    def get_context_data(
        self, parent_context: Mapping[str, object] | None = None
    ) -> dict[str, object]:
        return {"findings": findings_for(self.user)}


def panels_for(user: Staff) -> list[StaffPanel]:
    """Return the panels that this member of staff has a use for."""
    panels: list[StaffPanel] = [ActionsPanel(user), AttentionPanel(user)]
    if may_view(user):
        panels.append(NewRequestsPanel(user))
    return panels
