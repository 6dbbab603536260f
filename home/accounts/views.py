"""Wagtail's screens for accounts and groups, whose forms know who gives the rights."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.users.views import groups, users

from home.accounts.forms import AccountForm, NewAccountForm, RightsOfGroupForm
from home.accounts.rights import PlacedRight, may_give_all, placed, rights_in_places


class TellsGiver:
    request: Any

    def get_form_kwargs(self) -> dict[str, Any]:
        kwargs: dict[str, Any] = super().get_form_kwargs()  # type: ignore[misc]
        return {**kwargs, "giver": self.request.user}


class AddUserView(TellsGiver, users.CreateView):
    pass


class EditUserView(TellsGiver, users.EditView):
    pass


class ChecksPlaces(TellsGiver):
    """Refuses rights to pages and collections that the giver does not hold."""

    object: Group
    permission_panel_forms: list[Any]
    get_error_message: Any

    def is_valid(self, form: Any) -> bool:
        if not super().is_valid(form):  # type: ignore[misc]
            return False
        asked = {right for panel in self.permission_panel_forms for right in asked_in(panel)}
        held = set(rights_in_places(group=self.object)) if self.object.pk else set()
        if may_give_all(self.request.user, asked - held):
            return True
        self.produced_error_message = self.get_error_message()
        form.add_error(
            None, _("You can only give rights that you have yourself. Ask an administrator.")
        )
        return False


def asked_in(panel: Any) -> set[PlacedRight]:
    """Return what one of Wagtail's panels would give: permissions for pages, files or sites."""
    if not hasattr(panel, "forms"):
        return {placed(panel.permission, site) for site in panel.cleaned_data["sites"]}
    kept = [form.cleaned_data for form in panel.forms if form not in panel.deleted_forms]
    return {
        placed(permission, place)
        for data in kept
        if (place := data.get("page") or data.get("collection"))
        for permission in data.get("permissions", ())
    }


class AddGroupView(ChecksPlaces, groups.CreateView):
    pass


class EditGroupView(ChecksPlaces, groups.EditView):
    pass


class AccountsViewSet(users.UserViewSet):
    add_view_class = AddUserView
    edit_view_class = EditUserView

    def get_form_class(self, for_update: bool = False) -> type[NewAccountForm | AccountForm]:
        return AccountForm if for_update else NewAccountForm


class GroupsViewSet(groups.GroupViewSet):
    add_view_class = AddGroupView
    edit_view_class = EditGroupView

    def get_form_class(self, for_update: bool = False) -> type[RightsOfGroupForm]:
        return RightsOfGroupForm
