"""Nobody gives a right that they do not have, on any screen that gives rights."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, GroupPagePermission, Page

from eoc_cms.core.models import User
from forms_app.models import FormPage, FormRight
from forms_app.rights import VIEW
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS, ensure_groups
from tests.factories import editor
from tests.factories.fixtures import SUPERUSER, SignIn

BELOW = {EDITORS, PUBLISHERS, SITE_ADMINS}
ADD = reverse("wagtailusers_users:add")


@pytest.fixture
def site_admin(sign_in: SignIn) -> Client:
    return sign_in(SITE_ADMINS)


def group(name: str) -> Group:
    return Group.objects.get(name=name)


def account(*groups: str, **fields: Any) -> User:
    user = User.objects.create_user("ana", email="ana@example.org", **fields)
    user.groups.set(Group.objects.filter(name__in=groups))
    return user


def typed(*groups: str, **more: Any) -> dict[str, Any]:
    names = {"username": "ana", "email": "a@example.org", "first_name": "A", "last_name": "B"}
    words = dict.fromkeys(("password1", "password2"), "eight-horses-graze")
    keys = [group(name).pk for name in groups]
    return {**names, **words, "is_active": "on", "groups": keys, **more}


def edit(client: Client, user: User, *groups: str, **more: Any) -> Any:
    return client.post(reverse("wagtailusers_users:edit", args=[user.pk]), typed(*groups, **more))


@pytest.mark.parametrize("name", [EDITORS, PUBLISHERS, DATA_MANAGERS, SITE_ADMINS])
def test_site_admin_gives_a_new_account_the_groups_whose_rights_they_have(
    site_admin: Client, name: str
) -> None:
    site_admin.post(ADD, typed(name))
    assert User.objects.filter(username="ana", groups__name=name).exists() == (name in BELOW)


def test_only_superusers_make_superusers(site_admin: Client, sign_in: SignIn) -> None:
    site_admin.post(ADD, typed(EDITORS, is_superuser="on"))
    ana = User.objects.get(username="ana")
    edit(site_admin, ana, EDITORS, is_superuser="on")
    assert not User.objects.get(pk=ana.pk).is_superuser
    edit(sign_in(SUPERUSER), ana, DATA_MANAGERS, is_superuser="on")
    ana.refresh_from_db()
    assert (ana.is_superuser, ana.groups.get().name) == (True, DATA_MANAGERS)


@pytest.mark.parametrize("name", [DATA_MANAGERS, PUBLISHERS])
def test_site_admin_gives_themselves_and_others_no_more_than_they_have(
    site_admin: Client, name: str
) -> None:
    own = User.objects.get(username="site-admins")
    for user in (own, account(EDITORS)):
        edit(site_admin, user, SITE_ADMINS, name, username=user.username)
        assert user.groups.filter(name=name).exists() == (name in BELOW)


@pytest.mark.parametrize("action", ["assign_role", "delete", "set_active_state"])
@pytest.mark.parametrize("who", [SUPERUSER, DATA_MANAGERS])
def test_site_admin_changes_no_account_that_has_more(
    site_admin: Client, who: str, action: str
) -> None:
    above = account(who, is_superuser=who == SUPERUSER)
    before = User.objects.values().get(pk=above.pk)
    refused = edit(site_admin, above, EDITORS, email="mine@example.org")
    assert refused.status_code == 302
    site_admin.post(reverse("wagtailusers_users:delete", args=[above.pk]))
    site_admin.post(bulk(action, above), {"role": group(EDITORS).pk, "mark_as_active": ""})
    assert User.objects.values().get(pk=above.pk) == before
    assert not above.groups.filter(name=EDITORS).exists()


def bulk(action: str, user: User) -> str:
    address = reverse("wagtail_bulk_action", args=["core", "user", action])
    return f"{address}?id={user.pk}"


@pytest.mark.parametrize("name", [EDITORS, DATA_MANAGERS])
def test_role_given_to_many_is_held_to_the_same_rule(site_admin: Client, name: str) -> None:
    user = account()
    site_admin.post(bulk("assign_role", user), {"role": group(name).pk})
    assert user.groups.filter(name=name).exists() == (name in BELOW)


def test_group_with_a_right_to_one_form_is_given_by_who_holds_it(
    site_admin: Client, form: FormPage
) -> None:
    FormRight.objects.create(group=group(EDITORS), form_key=form.form_key, may_view=True)
    site_admin.post(ADD, typed(EDITORS))
    assert not User.objects.filter(username="ana").exists()


def change_group(client: Client, which: str, **values: Any) -> Any:
    address = reverse("wagtailusers_groups:edit", args=[group(which).pk])
    content = client.get(address).content.decode()
    return client.post(address, {**editor.fields_of(content), **values})


@pytest.mark.parametrize(
    ("label", "is_given"), [("forms_app.view_submission", False), ("resources.add_topic", True)]
)
def test_group_gets_permissions_that_the_giver_has(
    site_admin: Client, label: str, is_given: bool
) -> None:
    app, codename = label.split(".")
    wanted = Permission.objects.get(content_type__app_label=app, codename=codename)
    change_group(site_admin, EDITORS, permissions=[wanted.pk])
    assert group(EDITORS).permissions.filter(pk=wanted.pk).exists() == is_given


def test_group_gets_rights_to_pages_that_the_giver_has(site_admin: Client) -> None:
    root, site_admins = Page.get_first_root_node(), group(SITE_ADMINS)
    below = root.get_children().get()
    GroupPagePermission.objects.filter(
        group=site_admins, permission__codename="publish_page"
    ).update(page=below)

    def give(page: Page) -> bool:
        row = {
            "page_permissions-0-page": page.pk,
            "page_permissions-0-permissions": ["publish_page"],
        }
        change_group(site_admin, DATA_MANAGERS, **row, **{"page_permissions-TOTAL_FORMS": 1})
        return group(DATA_MANAGERS).page_permissions.filter(page=page).exists()

    assert not give(root)
    assert give(below)


def test_group_gets_rights_to_files_that_the_giver_has(site_admin: Client) -> None:
    root = Collection.get_first_root_node()

    def give(action: str) -> bool:
        prefix = "document_permissions"
        row = {f"{prefix}-0-collection": root.pk, f"{prefix}-TOTAL_FORMS": 1}
        wanted = Permission.objects.get(codename=action, content_type__app_label="wagtaildocs")
        change_group(site_admin, DATA_MANAGERS, **row, **{f"{prefix}-0-permissions": [wanted.pk]})
        given = group(DATA_MANAGERS).collection_permissions
        return given.filter(permission=wanted).exists()

    assert not give("delete_document")
    assert give("add_document")


def test_group_that_has_more_can_be_renamed(site_admin: Client) -> None:
    change_group(site_admin, DATA_MANAGERS, name="Keepers of answers")
    assert Group.objects.filter(name="Keepers of answers").exists()


def test_standing_group_is_not_stood_in_for(site_admin: Client) -> None:
    """Preparing the site gives a group of this name its rights, whoever made it."""
    change_group(site_admin, DATA_MANAGERS, name="Keepers of answers")
    change_group(site_admin, SITE_ADMINS, name=DATA_MANAGERS)
    site_admin.post(reverse("wagtailusers_groups:add"), {"name": DATA_MANAGERS})
    ensure_groups()
    assert not User.objects.get(username="site-admins").has_perm(VIEW)
