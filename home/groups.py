"""The groups of staff and what each may do."""

from django.contrib.auth.models import Group, Permission
from wagtail.models import Collection, GroupCollectionPermission, GroupPagePermission, Page

from forms_app import rights as answers
from resources import rights as grants

EDITORS = "Editors"
PUBLISHERS = "Publishers"
DATA_MANAGERS = "Data managers"
SITE_ADMINS = "Site admins"

EVERYBODY = ["wagtailadmin.access_admin"]
LABELS = [
    f"resources.{action}_{model}"
    for action in ("add", "change", "delete")
    for model in ("topic", "audience")
]
SITE = [
    "core.change_sitesettings",
    *[f"core.{action}_user" for action in ("add", "change", "delete")],
    *[f"auth.{action}_group" for action in ("add", "change", "delete")],
    *[
        f"wagtailcore.{action}_{model}"
        for action in ("add", "change", "delete")
        for model in ("site", "collection", "workflow", "task", "locale")
    ],
    *[f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")],
    *[
        f"wagtailsearchpromotions.{action}_searchpromotion"
        for action in ("add", "change", "delete")
    ],
]
PERMISSIONS = {
    EDITORS: EVERYBODY,
    PUBLISHERS: [*EVERYBODY, *LABELS],
    # Answers are apart from pages: no other group holds these.
    DATA_MANAGERS: [
        *EVERYBODY,
        *(answers.VIEW, answers.EXPORT, answers.ERASE, answers.PUT_ASIDE),
        *(answers.VIEW_PEOPLE, answers.RECORD_CONSENT, answers.VIEW_LEDGER, answers.VIEW_ACTS),
        *(grants.VIEW_GRANTS, grants.CHANGE_GRANTS, grants.VIEW_DOWNLOADS),
        *(grants.VIEW_CODES, grants.ADD_CODES, grants.CHANGE_CODES),
    ],
    SITE_ADMINS: [*EVERYBODY, *LABELS, *SITE],
}
WRITING = ["add", "change"]
PUBLISHING = [*WRITING, "publish", "lock", "unlock", "bulk_delete"]
PAGE_ACTIONS = {EDITORS: WRITING, PUBLISHERS: PUBLISHING, SITE_ADMINS: PUBLISHING}
FILE_ACTIONS = ["add", "change", "choose"]
# Wagtail keeps these rights at its own models, whichever models stand in for them.
FILE_MODELS = {"wagtailimages": "image", "wagtaildocs": "document", "wagtailmedia": "media"}


def ensure_groups() -> dict[str, Group]:
    """Create the groups and add what they lack; rights that staff have added stay."""
    groups = {name: Group.objects.get_or_create(name=name)[0] for name in PERMISSIONS}
    for name, group in groups.items():
        group.permissions.add(*[_permission(label) for label in PERMISSIONS[name]])
        for action in PAGE_ACTIONS.get(name, []):
            _allow_pages(group, action)
        if name in PAGE_ACTIONS:
            _allow_files(group)
    return groups


def _permission(label: str) -> Permission:
    app_label, codename = label.split(".")
    return Permission.objects.get(content_type__app_label=app_label, codename=codename)


def _allow_pages(group: Group, action: str) -> None:
    GroupPagePermission.objects.get_or_create(
        group=group,
        page=Page.get_first_root_node(),
        permission=_permission(f"wagtailcore.{action}_page"),
    )


def _allow_files(group: Group) -> None:
    root = Collection.get_first_root_node()
    rights = Permission.objects.filter(
        content_type__app_label__in=FILE_MODELS,
        codename__in=[f"{do}_{model}" for do in FILE_ACTIONS for model in FILE_MODELS.values()],
    )
    for permission in rights:
        GroupCollectionPermission.objects.get_or_create(
            group=group, collection=root, permission=permission
        )
