"""What the app adds to the admin: the panels of its home, the editor guide under Help."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from home.admin.panels import panels_for
from home.guide.views import GuideView, guide_picture


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))


@hooks.register("construct_help_menu")
def construct_help_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Set Wagtail's guide apart from ours; a new release is the maintainer's business."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]
    for item in menu_items:
        if item.name == "editor-guide":
            item.label = _("Wagtail's own guide")


@hooks.register("register_help_menu_item")
def register_guide_menu_item() -> MenuItem:
    address = reverse("home_guide")
    return MenuItem(_("Editor guide"), address, name="eoc-guide", icon_name="help", order=100)


@hooks.register("register_admin_urls")
def register_guide_urls() -> list[URLPattern]:
    return [
        path("guide/", GuideView.as_view(), name="home_guide"),
        path("guide/pictures/<str:name>", guide_picture, name="home_guide_picture"),
    ]
