"""Wagtail's panels that would show nothing: each would ask long questions to find that out."""

from wagtail.admin.ui.components import Component
from wagtail.admin.views.home import (
    LockedPagesPanel,
    UserObjectsInWorkflowModerationPanel,
    WorkflowObjectsToModeratePanel,
)
from wagtail.models import Page, WorkflowState

from eoc_cms.core.models import Staff

OF_APPROVAL = (UserObjectsInWorkflowModerationPanel, WorkflowObjectsToModeratePanel)


def without_idle(panels: list[Component], user: Staff) -> list[Component]:
    """Return the panels without those for which there is nothing at all."""
    idle: list[type[Component]] = []
    if not WorkflowState.objects.active().exists():
        idle.extend(OF_APPROVAL)
    if not Page.objects.filter(locked=True, locked_by=user.pk).exists():
        idle.append(LockedPagesPanel)
    return [panel for panel in panels if not isinstance(panel, tuple(idle))]
