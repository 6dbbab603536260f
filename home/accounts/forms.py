"""Forms for accounts and groups that offer the rights which their user may give."""

from typing import Any

from django.contrib.auth.models import Group
from django.utils.translation import gettext as _
from wagtail.users.forms import GroupForm, UserCreationForm, UserEditForm

from eoc_cms.core.models import Staff
from home.accounts.rights import groups_to_give, may_give_all
from home.groups import PERMISSIONS


class GivesRights:
    """Offers the groups whose rights the giver has, and the highest right to superusers only."""

    fields: Any
    instance: Any

    def __init__(self, *args: Any, giver: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver
        if not giver.is_superuser:
            self._offer_groups()
            if field := self.fields.get("is_superuser"):
                field.disabled = True
                field.help_text = _("Only an administrator makes administrators.")

    def _offer_groups(self) -> None:
        offered = {group.pk for group in groups_to_give(self.giver)}
        if self.instance.pk:
            offered |= set(self.instance.groups.values_list("pk", flat=True))
        self.fields["groups"].queryset = Group.objects.filter(pk__in=offered)
        self.fields["groups"].help_text = _(
            "Groups with rights that you do not have are given by an administrator."
        )


class NewAccountForm(GivesRights, UserCreationForm):
    pass


class AccountForm(GivesRights, UserEditForm):
    pass


class RightsOfGroupForm(GroupForm):
    """Refuses what the giver does not hold, unless the group has it already."""

    def __init__(self, *args: Any, giver: Staff, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.giver = giver

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if self._takes_standing_name(cleaned.get("name")):
            self.add_error("name", _("An administrator gives a group this name."))
        held = set(self.instance.permissions.all()) if self.instance.pk else set()
        if not may_give_all(self.giver, set(cleaned.get("permissions") or ()) - held):
            self.add_error(
                "permissions",
                _("You can only give rights that you have yourself. Ask an administrator."),
            )
        return cleaned

    def _takes_standing_name(self, name: str | None) -> bool:
        """Say whether the group would get its rights by its name when the site is prepared."""
        is_new = name in PERMISSIONS and name != self.instance.name
        return is_new and not self.giver.is_superuser
