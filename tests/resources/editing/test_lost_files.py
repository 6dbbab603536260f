"""A draft whose document was deleted can be looked at, mended and published."""

from typing import Any

import pytest
from django.test import Client
from wagtail.test.utils.form_data import inline_formset

from eoc_cms.core.models import CustomDocument, User
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.pages import document, make_resource, publish
from tests.resources.editing.test_editing_a_resource import resource_data

pytestmark = pytest.mark.indexed

TOLD = "The file that stood here was deleted in Documents."


@pytest.fixture
def staff(db: None) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("staff", "staff@example.org", "x"))
    return client


@pytest.fixture
def draft(index: ResourceIndexPage, staff: Client) -> ResourcePage:
    """Give a published guide; the second file of its draft was deleted in the admin."""
    page: Any = publish(make_resource(index, "Guide"))
    lost = document("lost.pdf")
    page.files.add(ResourceFile(document=lost, label="", sort_order=1))
    page.save_revision()
    staff.post(f"/admin/documents/delete/{lost.pk}/")
    assert not CustomDocument.objects.filter(pk=lost.pk).exists()
    return ResourcePage.objects.get(pk=page.pk)


def names_of(page: ResourcePage) -> list[str]:
    return [entry.document.filename for entry in page.files.all()]


def test_editor_is_told_in_the_form(staff: Client, draft: ResourcePage) -> None:
    response = staff.get(f"/admin/pages/{draft.pk}/edit/")
    assert response.status_code == 200
    assert response.content.decode().count(TOLD) == 1


def test_editor_of_a_whole_draft_is_told_nothing(staff: Client, index: ResourceIndexPage) -> None:
    page = publish(make_resource(index, "Whole"))
    assert TOLD not in staff.get(f"/admin/pages/{page.pk}/edit/").content.decode()


@pytest.mark.parametrize(
    "path", ["view_draft/", "revisions/compare/earliest...latest/", "history/", "usage/"]
)
def test_draft_can_be_looked_at(staff: Client, draft: ResourcePage, path: str) -> None:
    assert staff.get(f"/admin/pages/{draft.pk}/{path}").status_code == 200


@pytest.mark.parametrize("mode", [name for name, _label in ResourcePage.preview_modes])
def test_draft_can_be_previewed_in_every_state(draft: ResourcePage, mode: str) -> None:
    page = draft.get_latest_revision_as_object()
    response = page.make_preview_request(preview_mode=mode)
    assert response.status_code == 200


def test_publishing_by_the_clock_leaves_the_lost_file_out(draft: ResourcePage) -> None:
    assert draft.latest_revision
    draft.latest_revision.publish()
    assert names_of(ResourcePage.objects.get(pk=draft.pk)) == ["guide.pdf"]
    assert Client().get(draft.url).status_code == 200


def test_editor_cannot_publish_before_choosing_anew(staff: Client, draft: ResourcePage) -> None:
    kept, lost = draft.get_latest_revision_as_object().files.all()
    rows = [
        {"id": kept.pk, "document": kept.document_id, "label": "", "ORDER": 1},
        {"id": "", "document": "", "label": "Word version", "ORDER": 2},
    ]
    files = inline_formset(rows, initial=1)
    sent = resource_data(title="Guide", slug="guide", files=files, **{"action-publish": "1"})
    response = staff.post(f"/admin/pages/{draft.pk}/edit/", sent)
    assert "This field is required." in response.content.decode()
    files = inline_formset([rows[0], {**rows[1], "document": document("new.pdf").pk}], initial=1)
    sent = resource_data(title="Guide", slug="guide", files=files, **{"action-publish": "1"})
    assert staff.post(f"/admin/pages/{draft.pk}/edit/", sent).status_code == 302
    assert names_of(ResourcePage.objects.get(pk=draft.pk)) == ["guide.pdf", "new.pdf"]
    assert lost.has_lost_its_file


def test_older_draft_of_a_deleted_file_keeps_the_file_that_stands_in_its_place(
    index: ResourceIndexPage,
) -> None:
    page: Any = publish(make_resource(index, "Guide"))
    first, [entry] = page.latest_revision, page.files.all()
    before = entry.document
    entry.document = document("second.pdf")
    page.files = [entry]
    publish(page)
    before.delete()
    first.publish()
    assert names_of(ResourcePage.objects.get(pk=page.pk)) == ["second.pdf"]
