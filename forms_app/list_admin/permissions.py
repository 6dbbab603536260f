"""Records that staff read and never write by hand."""

from typing import Any

from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper

from eoc_cms.core.models import Staff
from forms_app.listing.base import Listing


class ReadOnlyPermissionHelper(PermissionHelper):
    """Asks a listing who may read; nobody adds, changes or deletes by hand."""

    listing: Listing

    def user_has_any_permissions(self, user: Staff) -> bool:
        return self.listing.may_list(user)

    def user_can_list(self, user: Staff) -> bool:
        return self.listing.may_list(user)

    def user_can_inspect_obj(self, user: Staff, obj: Any) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Staff) -> bool:
        return False

    def user_can_edit_obj(self, user: Staff, obj: object) -> bool:
        return False

    def user_can_delete_obj(self, user: Staff, obj: object) -> bool:
        return False


class NoRowButtons(ButtonHelper):
    """A record's title leads to it, so a button beside it would say the same again."""

    def get_buttons_for_obj(
        self, obj: object, *args: object, **kwargs: object
    ) -> list[dict[str, str]]:
        return []
