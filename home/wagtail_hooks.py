"""What the app adds to the admin: the panels of its home."""

from django.http import HttpRequest
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.admin.panels import panels_for


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))


@hooks.register("construct_help_menu")
def construct_help_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Keep the guide and the shortcuts; a new release is the maintainer's business."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
