"""Wagtail's panels that would show nothing: each would ask long questions to find that out."""

from wagtail.admin.ui.components import Component
from wagtail.models import Page, WorkflowState

from eoc_cms.core.models import Staff

# By the names that Wagtail gives them; one of another name is only asked for in vain.
OF_APPROVAL = {"user_objects_in_workflow_moderation", "workflow_objects_to_moderate"}
OF_LOCKS = {"locked_pages"}


def without_idle(panels: list[Component], user: Staff) -> list[Component]:
    """Return the panels without those for which there is nothing at all."""
    idle: set[str] = set()
    if not WorkflowState.objects.active().exists():
        idle |= OF_APPROVAL
    if not Page.objects.filter(locked=True, locked_by=user.pk).exists():
        idle |= OF_LOCKS
    return [panel for panel in panels if getattr(panel, "name", "") not in idle]
