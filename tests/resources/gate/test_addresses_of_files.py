"""The address of a file outlives its editions, and never leads into nothing."""

import uuid
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from eoc_cms.core.models import CustomDocument
from resources.models import FormerFileAddress, ResourceFile, ResourceIndexPage, ResourcePage
from tests.factories.fixtures import Make
from tests.factories.pages import document, make_resource, publish


def address(entry: ResourceFile) -> str:
    return f"/download/{entry.key}/"


def edition(name: str, content: bytes) -> CustomDocument:
    return CustomDocument.objects.create(title=name, file=ContentFile(content, name=name))


def body(path: str) -> bytes:
    response: Any = Client().get(path)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


@pytest.fixture
def guide(index: ResourceIndexPage) -> Any:
    return publish(make_resource(index, "Guide"))


# --- The same entry ---------------------------------------------------------------


def test_new_document_in_the_same_entry_is_delivered_at_the_old_address(guide: Any) -> None:
    old = address(guide.files.get())
    draft = guide.get_latest_revision_as_object()
    [entry] = draft.files.all()
    entry.document = edition("second.pdf", b"%PDF-1.7 second edition")
    draft.files = [entry]
    publish(draft)
    assert body(old) == b"%PDF-1.7 second edition"


def test_new_file_in_the_same_document_is_delivered_at_the_old_address(guide: Any) -> None:
    entry = guide.files.get()
    entry.document.file = ContentFile(b"%PDF-1.7 second edition", name="guide.pdf")
    entry.document.save()
    assert body(address(entry)) == b"%PDF-1.7 second edition"


def test_publishing_again_keeps_every_address(guide: Any) -> None:
    guide.files.add(ResourceFile(document=document("added.pdf"), sort_order=1))
    guide = publish(guide)
    before = list(guide.files.values_list("key", flat=True))
    # A row that was new when its draft was saved is made anew each time that is published.
    for _time in range(2):
        ResourcePage.objects.get(pk=guide.pk).latest_revision.publish()
    assert list(guide.files.values_list("key", flat=True)) == before
    assert not FormerFileAddress.objects.exists()


# --- An entry that is gone ---------------------------------------------------------


def replace_entry(guide: Any) -> tuple[str, str]:
    """Take the entry away and make a new one; return the old and the new address."""
    old = address(guide.files.get())
    guide.files = [ResourceFile(document=document("anew.pdf"), sort_order=0)]
    return old, address(publish(guide).files.get())


def test_address_of_a_removed_entry_leads_to_the_resource(guide: Any) -> None:
    old, new = replace_entry(guide)
    assert old != new
    response = Client().get(old)
    assert (response.status_code, response["Location"]) == (303, "/resources/guide/")
    assert body(new)


def test_address_of_a_removed_entry_of_a_locked_guide_leads_to_its_form(make: Make) -> None:
    old, new = replace_entry(publish(make("Locked guide")))
    answers = [Client().get(path) for path in (old, new)]
    assert {answer["Location"] for answer in answers} == {"/resources/locked-guide/"}
    assert answers[0].headers == answers[1].headers


def test_address_of_a_removed_entry_is_not_found_where_the_page_does_not_show(guide: Any) -> None:
    old, _new = replace_entry(guide)
    ResourcePage.objects.get(pk=guide.pk).unpublish()
    nowhere = Client().get(f"/download/{uuid.uuid4()}/")
    assert Client().get(old).status_code == nowhere.status_code == 404
    ResourcePage.objects.get(pk=guide.pk).delete()
    assert Client().get(old).status_code == 404


def test_older_draft_that_is_published_again_brings_its_address_back(guide: Any) -> None:
    first = guide.latest_revision
    old, new = replace_entry(guide)
    first.publish()
    assert body(old) == b"%PDF-1.7 the bytes"
    assert Client().get(new)["Location"] == "/resources/guide/"


# --- Copies ------------------------------------------------------------------------


def test_copied_page_has_addresses_of_its_own_that_stay(guide: Any) -> None:
    copy: Any = guide.copy(update_attrs={"title": "Copy", "slug": "copy"})
    first = copy.files.get().key
    assert first != guide.files.get().key
    # The draft that the copy brought along still holds the keys of its original.
    for _time in range(2):
        ResourcePage.objects.get(pk=copy.pk).latest_revision.publish()
        assert copy.files.get().key == first
    assert body(address(guide.files.get())) == body(f"/download/{first}/")


def test_copy_does_not_take_over_an_address_that_its_original_gave_up(guide: Any) -> None:
    copy: Any = guide.copy(update_attrs={"title": "Copy", "slug": "copy"})
    old, _new = replace_entry(guide)
    ResourcePage.objects.get(pk=copy.pk).latest_revision.publish()
    assert Client().get(old)["Location"] == "/resources/guide/"
