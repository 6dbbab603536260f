"""What the app adds to the admin: its home, the editor guide, who may give which rights."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from eoc_cms.core.models import User
from home.accounts.guards import refuse_account_above, refuse_bulk_action
from home.admin.idle_panels import without_idle
from home.admin.panels import panels_for
from home.admin.reviews import tell_of_decision, tell_of_review
from home.guide.views import GuideView, guide_picture


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels[:] = [*without_idle(panels, request.user), *panels_for(request.user)]


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


@hooks.register("before_edit_page")
def before_edit_page(request: HttpRequest, page: Page) -> None:
    tell_of_review(request, page)


@hooks.register("after_edit_page")
def after_edit_page(request: HttpRequest, page: Page) -> None:
    tell_of_decision(request, page)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def before_change_of_user(request: HttpRequest, user: User) -> HttpResponse | None:
    return refuse_account_above(request, user)


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return refuse_bulk_action(request, objects, action)
