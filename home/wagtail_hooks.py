"""What the app adds to the admin: the panels of its home, and who may give which rights."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component
from wagtail.models import Page

from eoc_cms.core.models import User
from home.accounts.guards import refuse_account_above, refuse_bulk_action
from home.admin.panels import panels_for
from home.admin.reviews import tell_of_approval, tell_of_review


@hooks.register("construct_homepage_panels")
def construct_homepage_panels(request: HttpRequest, panels: list[Component]) -> None:
    panels.extend(panels_for(request.user))


@hooks.register("construct_help_menu")
def construct_help_menu(request: HttpRequest, menu_items: list[MenuItem]) -> None:
    """Keep the guide and the shortcuts; a new release is the maintainer's business."""
    menu_items[:] = [item for item in menu_items if not item.name.startswith("whats-new")]


@hooks.register("before_edit_page")
def before_edit_page(request: HttpRequest, page: Page) -> None:
    tell_of_review(request, page)


@hooks.register("after_edit_page")
def after_edit_page(request: HttpRequest, page: Page) -> None:
    tell_of_approval(request, page)


@hooks.register("before_edit_user")
@hooks.register("before_delete_user")
def before_change_of_user(request: HttpRequest, user: User) -> HttpResponse | None:
    return refuse_account_above(request, user)


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return refuse_bulk_action(request, objects, action)
