"""Each group may do exactly what its work needs."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Locale, Page
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from eoc_cms.core.models import CustomDocument, CustomImage, CustomMedia
from home.bootstrap import bootstrap
from home.groups import DATA_MANAGERS, EDITORS, PUBLISHERS, SITE_ADMINS
from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage
from tests.factories import pages as making
from tests.factories.fixtures import SignIn

WRITERS = [EDITORS, PUBLISHERS, SITE_ADMINS]
UPLOADS: dict[str, tuple[str, Any, tuple[str, bytes]]] = {
    "picture": ("wagtailimages:add", CustomImage, ("a.png", making.PIXEL)),
    "document": ("wagtaildocs:add", CustomDocument, ("a.txt", b"An agenda")),
}


def is_let_in(client: Client, address: str) -> bool:
    """Say whether a view of the admin opens; whoever is refused is led home or gets a 403."""
    return client.get(address).status_code == 200


def upload(client: Client, kind: str) -> bool:
    view, model, (name, content) = UPLOADS[kind]
    data = {
        "title": "Mine",
        "file": SimpleUploadedFile(name, content),
        "collection": Collection.get_first_root_node().pk,
    }
    client.post(reverse(view), data)
    return bool(model.objects.filter(title="Mine").exists())


def page_data(**values: Any) -> dict[str, Any]:
    return nested_form_data(
        {
            "title": "About us",
            "slug": "about-us",
            "introduction": rich_text(""),
            "body": streamfield([]),
            "comments": inline_formset([]),
            **values,
        }
    )


def write_page(client: Client, home: HomePage, **values: Any) -> StandardPage | None:
    address = reverse("wagtailadmin_pages:add", args=["home", "standardpage", home.pk])
    client.post(address, page_data(**values))
    return StandardPage.objects.filter(slug="about-us").first()


@pytest.mark.parametrize("kind", UPLOADS)
@pytest.mark.parametrize("group", WRITERS)
def test_whoever_writes_adds_pictures_and_documents(sign_in: SignIn, group: str, kind: str) -> None:
    assert upload(sign_in(group), kind)


@pytest.mark.parametrize("kind", UPLOADS)
def test_data_manager_adds_no_files(sign_in: SignIn, kind: str) -> None:
    assert not upload(sign_in(DATA_MANAGERS), kind)


@pytest.mark.parametrize("group", WRITERS)
def test_whoever_writes_adds_videos_and_changes_those_of_others(
    sign_in: SignIn, group: str
) -> None:
    clip = making.media(seconds=30)
    client = sign_in(group)
    assert is_let_in(client, reverse("wagtailmedia:add", args=["video"]))
    assert is_let_in(client, reverse("wagtailmedia:edit", args=[clip.pk]))
    assert b"A clip" in client.get(reverse("wagtailmedia:chooser")).content
    assert CustomMedia.objects.get().title == "A clip"


def test_editor_writes_but_does_not_publish(sign_in: SignIn, home: HomePage) -> None:
    page = write_page(sign_in(EDITORS), home, **{"action-publish": "1"})
    assert page is not None
    assert not page.live


def test_editor_submits_for_approval(sign_in: SignIn, home: HomePage) -> None:
    page = write_page(sign_in(EDITORS), home, **{"action-submit": "1"})
    assert page is not None
    assert page.workflow_in_progress


@pytest.mark.parametrize("group", [PUBLISHERS, SITE_ADMINS])
def test_publisher_publishes_at_once(sign_in: SignIn, home: HomePage, group: str) -> None:
    page = write_page(sign_in(group), home, **{"action-publish": "1"})
    assert page is not None
    assert page.live


def test_editor_cannot_approve(sign_in: SignIn, home: HomePage) -> None:
    editor = sign_in(EDITORS)
    page = write_page(editor, home, **{"action-submit": "1"})
    assert page is not None
    task = page.current_workflow_task_state
    editor.post(reverse("wagtailadmin_pages:workflow_action", args=[page.pk, "approve", task.pk]))
    assert not StandardPage.objects.get().live


@pytest.mark.parametrize("action", ["unpublish", "delete"])
def test_editor_neither_takes_down_nor_deletes_what_is_live(
    sign_in: SignIn, index: ResourceIndexPage, action: str
) -> None:
    guide = making.make_resource(index, "A guide")
    sign_in(EDITORS).post(reverse(f"wagtailadmin_pages:{action}", args=[guide.pk]))
    assert Page.objects.get(pk=guide.pk).live


def test_pages_below_another_languages_home_need_approval_too(home: HomePage) -> None:
    other = home.copy_for_translation(Locale.objects.create(language_code="es"))
    assert other.get_workflow().name == "Approval by a publisher"


def test_data_manager_has_no_page_tree(sign_in: SignIn, home: HomePage) -> None:
    client = sign_in(DATA_MANAGERS)
    assert not is_let_in(client, reverse("wagtailadmin_explore", args=[home.pk]))
    assert not is_let_in(client, reverse("wagtailadmin_pages:edit", args=[home.pk]))
    assert b'"pages"' not in client.get("/admin/").content


@pytest.mark.parametrize(
    ("view", "groups"),
    [
        ("wagtailsnippets_resources_topic:list", {PUBLISHERS, SITE_ADMINS}),
        ("wagtailsnippets_resources_audience:add", {PUBLISHERS, SITE_ADMINS}),
        ("wagtailusers_users:add", {SITE_ADMINS}),
        ("wagtailusers_groups:index", {SITE_ADMINS}),
        ("wagtailsites:index", {SITE_ADMINS}),
        ("wagtailadmin_workflows:index", {SITE_ADMINS}),
        ("wagtailredirects:index", {SITE_ADMINS}),
        ("wagtailsearchpromotions:index", {SITE_ADMINS}),
        ("wagtailimages:index", {EDITORS, PUBLISHERS, SITE_ADMINS}),
        ("wagtaildocs:index", {EDITORS, PUBLISHERS, SITE_ADMINS}),
        ("wagtailmedia:index", {EDITORS, PUBLISHERS, SITE_ADMINS}),
    ],
)
def test_view_opens_for_its_groups_only(sign_in: SignIn, view: str, groups: set[str]) -> None:
    everybody = [EDITORS, PUBLISHERS, DATA_MANAGERS, SITE_ADMINS]
    assert {group for group in everybody if is_let_in(sign_in(group), reverse(view))} == groups


def test_bootstrap_again_takes_nothing_from_a_group(sign_in: SignIn, home: HomePage) -> None:
    group = Group.objects.get(name=EDITORS)
    extra = Permission.objects.get(codename="add_redirect")
    group.permissions.add(extra)
    before = set(group.permissions.values_list("pk", flat=True))
    bootstrap()
    assert set(group.permissions.values_list("pk", flat=True)) == before
