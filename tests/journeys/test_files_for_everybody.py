"""Staff upload good and bad files, are told which are which, and visitors are told the truth."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection

from eoc_cms.core.models import CustomDocument, SiteSettings
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage
from tests import pdf_files
from tests.factories.pages import publish

pytestmark = pytest.mark.indexed

NO_TAGS = "a screen reader may read it in the wrong order"
# What an editor reads and what a visitor reads, for each kind of file.
KINDS: dict[str, tuple[Callable[[], bytes], str, str]] = {
    "tagged": (
        pdf_files.tagged,
        "All that can be checked by machine is in order.",
        "Tagged PDF with headings and bookmarks",
    ),
    "untagged": (pdf_files.plain, NO_TAGS, NO_TAGS),
    "pictures": (
        pdf_files.scanned,
        "Its pages are pictures, as from a scanner",
        "The pages of this PDF hold no text",
    ),
    "password": (
        pdf_files.with_password,
        "It asks for a password before it opens",
        "This PDF is protected or damaged",
    ),
    "protected": (
        pdf_files.closed_to_screen_readers,
        "screen readers may not read it",
        "This PDF is protected or damaged",
    ),
    "broken": (pdf_files.broken, "It could not be read", "This PDF is protected or damaged"),
}


@pytest.fixture
def editor(demo: str) -> Client:
    client = Client()
    assert client.login(username="editor", password=demo)
    return client


def words(content: str) -> str:
    return re.sub(r"\s+", " ", BeautifulSoup(content, "html.parser").get_text(" "))


def send(client: Client, name: str, content: bytes) -> Any:
    """Upload as the list of documents does, one file at a time."""
    data = {
        "files[]": SimpleUploadedFile(name, content),
        "title": "Mine",
        "collection": Collection.get_first_root_node().pk,
    }
    return client.post(reverse("wagtaildocs:add_multiple"), data).json()


def choose(client: Client, name: str, content: bytes) -> CustomDocument:
    """Upload from the window of a chooser, as in the form of a resource."""
    data = {
        "document-chooser-upload-title": "Mine",
        "document-chooser-upload-file": SimpleUploadedFile(name, content),
        "document-chooser-upload-collection": Collection.get_first_root_node().pk,
    }
    answer = client.post(reverse("wagtaildocs_chooser:create"), data).json()
    return CustomDocument.objects.get(pk=answer["result"]["id"])


def offer(document: CustomDocument, title: str = "Mine") -> ResourcePage:
    page = ResourcePage(title=title, slug=title.lower(), gate_mode="open")
    page.files = [ResourceFile(document=document)]  # type: ignore[misc]
    published: ResourcePage = publish(ResourceIndexPage.objects.get().add_child(instance=page))
    return published


@pytest.mark.parametrize("kind", KINDS)
def test_editor_and_visitor_are_told_the_truth(editor: Client, kind: str) -> None:
    make, for_editor, for_visitor = KINDS[kind]
    document = choose(editor, f"{kind}.pdf", make())

    beside_the_chooser = editor.get(reverse("eoc_cms_file_report", args=[document.pk]))
    on_its_page = editor.get(reverse("wagtaildocs:edit", args=[document.pk]))
    page = offer(document)
    in_the_resource = editor.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))
    for answer in (beside_the_chooser, on_its_page, in_the_resource):
        assert for_editor in words(answer.content.decode())

    shown = words(Client().get(page.url).content.decode())
    assert for_visitor in shown
    assert ("Ask us for a version that works for you." in shown) == (kind != "tagged")


def test_after_an_upload_the_list_tells_too(editor: Client) -> None:
    answer = send(editor, "untagged.pdf", pdf_files.plain())
    assert answer["success"]
    assert NO_TAGS in words(answer["form"])
    assert "document structure tags" in words(answer["form"]).lower()


def test_failing_file_is_a_warning_and_no_wall(editor: Client) -> None:
    page = offer(choose(editor, "scan.pdf", pdf_files.scanned()))
    link = BeautifulSoup(Client().get(page.url).content, "html.parser").select_one(
        "a[href^='/download/']"
    )
    assert link is not None
    assert Client().get(str(link["href"])).status_code == 200


def test_locked_page_says_nothing_of_the_file(editor: Client) -> None:
    page = offer(choose(editor, "untagged.pdf", pdf_files.plain()))
    page.gate_mode = ResourcePage.GateMode.FORM
    publish(page)
    assert NO_TAGS not in Client().get(page.url).content.decode()


def test_editing_a_file_keeps_what_was_found_and_replacing_it_does_not(editor: Client) -> None:
    document = choose(editor, "scan.pdf", pdf_files.scanned())
    address = reverse("wagtaildocs:edit", args=[document.pk])
    data = {"title": "Renamed", "collection": document.collection_id, "tags": ""}
    editor.post(address, data)
    renamed = CustomDocument.objects.get(title="Renamed")
    assert renamed.pdf_facts == document.pdf_facts

    better = SimpleUploadedFile("better.pdf", pdf_files.tagged())
    editor.post(address, {**data, "file": better})
    replaced = CustomDocument.objects.get(title="Renamed")
    assert (replaced.page_count, replaced.pdf_facts and replaced.pdf_facts.is_tagged) == (13, True)


def test_contact_address_stands_behind_the_offer_of_another_version(editor: Client) -> None:
    SiteSettings.objects.update(contact_email="help@example.org")
    page = offer(choose(editor, "untagged.pdf", pdf_files.plain()))
    assert 'href="mailto:help@example.org">Ask us' in Client().get(page.url).content.decode()


def test_file_that_was_never_looked_into_is_not_praised(editor: Client) -> None:
    document = choose(editor, "notes.txt", b"Notes of the convening")
    shown = words(Client().get(offer(document).url).content.decode())
    assert "We have not checked this file for screen readers." in shown


def test_too_large_a_file_is_refused_with_its_size_and_a_way_on(
    editor: Client, settings: LazySettings
) -> None:
    settings.WAGTAILDOCS_MAX_UPLOAD_SIZE = 2048
    answer = send(editor, "large.txt", b"words " * 1000)
    assert not answer["success"]
    assert words(answer["error_message"]).replace("\xa0", " ") == (
        "This file is 5.9 KB; at most 2.0 KB can be uploaded. "
        "Save it in a smaller size, or split it into several files."
    )
    assert send(editor, "small.txt", b"words")["success"]
