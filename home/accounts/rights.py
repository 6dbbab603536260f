"""Which rights a group gives, and whether a person holds all of them.

Every form and action that gives rights asks here, so that a right to answers, say, is
given by those who hold it and by superusers, and by nobody else
(docs/decisions/0019-rights-are-given-by-those-who-hold-them.md).
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from django.contrib.auth.models import Group, Permission
from django.db.models import Model
from wagtail.models import (
    GroupCollectionPermission,
    GroupPagePermission,
    GroupSitePermission,
    Site,
)

from eoc_cms.core.models import Staff, User
from forms_app.models import FormRight
from forms_app.rights import BY_FORM, holds
from home.groups import FILE_MODELS

PLACES = (
    (GroupPagePermission, "page"),
    (GroupCollectionPermission, "collection"),
    (GroupSitePermission, "site"),
)


@dataclass(frozen=True, kw_only=True)
class PlacedRight:
    """A permission that holds for a page or a collection and all below it, or for a site."""

    permission: int
    label: str
    kind: type[Model]
    path: str

    def covers(self, other: "PlacedRight") -> bool:
        is_same = (self.permission, self.kind) == (other.permission, other.kind)
        return is_same and other.path.startswith(self.path)


def placed(permission: Permission, place: Any) -> PlacedRight:
    return PlacedRight(
        permission=permission.pk,
        label=_label(permission),
        kind=place._meta.concrete_model,
        path=getattr(place, "path", f"{place.pk}/"),
    )


def _label(permission: Permission) -> str:
    return f"{permission.content_type.app_label}.{permission.codename}"


def rights_in_places(**of_group: Any) -> Iterator[PlacedRight]:
    """Yield the rights of groups to pages, collections and sites; name the groups as filters do."""
    for model, place in PLACES:
        rows = model.objects.filter(**of_group)
        for row in rows.select_related(place, "permission__content_type"):
            yield placed(row.permission, getattr(row, place))


def may_give_all(user: Staff, rights: Iterable[Permission | PlacedRight]) -> bool:
    """Say whether a person holds every one of these rights."""
    if user.is_superuser and user.is_active:
        return True
    held = list(rights_in_places(group__user=user))
    return all(
        _holds_there(user, held, right)
        if isinstance(right, PlacedRight)
        else user.has_perm(_label(right)) or _is_empty(right)
        for right in rights
    )


def _is_empty(permission: Permission) -> bool:
    """Say whether it gives nothing: Wagtail's own groups hold some, but files ask collections."""
    return permission.content_type.app_label in FILE_MODELS


def _holds_there(user: Staff, held: list[PlacedRight], right: PlacedRight) -> bool:
    # Of these, Wagtail asks for a permission without a place beside one only for sites.
    is_everywhere = right.kind is Site and user.has_perm(right.label)
    return is_everywhere or any(own.covers(right) for own in held)


def may_give(user: Staff, group: Group) -> bool:
    """Say whether a person holds all that membership of a group gives."""
    permissions = group.permissions.select_related("content_type")
    return may_give_all(user, [*permissions, *rights_in_places(group=group)]) and all(
        holds(user, right, row.form_key)
        for row in FormRight.objects.filter(group=group)
        for right, name in BY_FORM.items()
        if getattr(row, name)
    )


def groups_to_give(user: Staff) -> list[Group]:
    return [group for group in Group.objects.all() if may_give(user, group)]


def may_keep(user: Staff, account: User) -> bool:
    """Say whether a person may change an account: their own, or one that holds no more."""
    if user.pk == account.pk or user.is_superuser:
        return True
    own = account.user_permissions.select_related("content_type")
    is_below = not account.is_superuser and may_give_all(user, own)
    return is_below and all(may_give(user, group) for group in account.groups.all())
