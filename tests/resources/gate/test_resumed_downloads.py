"""A download that was cut off goes on, and never with the bytes of another edition."""

from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client

from eoc_cms.core.models import CustomDocument
from resources.models import Download, ResourceFile, ResourceIndexPage
from tests.factories.fixtures import Make
from tests.factories.pages import make_resource

FIRST = b"%PDF-1.7 the first edition " + b"1" * 5000
SECOND = b"%PDF-1.7 the other edition " + b"2" * 5000


@pytest.fixture
def entry(index: ResourceIndexPage) -> ResourceFile:
    make_resource(index, "Guide")
    entry = ResourceFile.objects.get()
    replace(entry, FIRST)
    return entry


def replace(entry: ResourceFile, content: bytes) -> None:
    """Put another file into the document, and take the old one away as Wagtail does."""
    document = CustomDocument.objects.get(pk=entry.document_id)
    old = document.file.name
    document.file = ContentFile(content, name="guide.pdf")
    document.save()
    document.file.storage.delete(old)


def ask(entry: ResourceFile, method: str = "GET", **headers: str) -> tuple[int, Any, bytes]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    response: Any = Client().generic(method, f"/download/{entry.key}/", headers=named)
    body = response.getvalue() if response.streaming else response.content
    return response.status_code, response, body


def etag(entry: ResourceFile) -> str:
    tag: str = ask(entry, "HEAD")[1]["ETag"]
    return tag


def test_rest_of_the_same_edition_is_sent(entry: ResourceFile) -> None:
    status, response, body = ask(entry, Range="bytes=1000-", If_Range=etag(entry))
    assert (status, body) == (206, FIRST[1000:])
    assert response["ETag"] == etag(entry)
    assert response["Cache-Control"] == "private, no-store"


def test_rest_of_an_edition_that_was_replaced_is_the_whole_new_one(entry: ResourceFile) -> None:
    begun_with = etag(entry)
    replace(entry, SECOND)
    assert etag(entry) != begun_with
    status, response, body = ask(entry, Range="bytes=1000-", If_Range=begun_with)
    assert (status, body) == (200, SECOND)
    assert "Content-Range" not in response
    assert Download.objects.count() == 1


def test_edition_is_told_apart_also_where_its_stored_name_stays(entry: ResourceFile) -> None:
    begun_with = etag(entry)
    with open(CustomDocument.objects.get().file.path, "wb") as stored:
        stored.write(SECOND)
    assert etag(entry) != begun_with


@pytest.mark.parametrize(
    "begun_with",
    ['W/"{tag}"', "{tag}", '"{tag}", "x"', "Tue, 24 Nov 2099 00:00:00 GMT", '"', "*", "\u00f1"],
)
def test_whatever_else_names_an_edition_gets_the_whole_file(
    entry: ResourceFile, begun_with: str
) -> None:
    named = begun_with.format(tag=etag(entry).strip('"'))
    status, _response, body = ask(entry, Range="bytes=1000-", If_Range=named)
    assert (status, body) == (200, FIRST)


@pytest.mark.parametrize("range_header", ["bytes=999999-", "bytes=-0"])
def test_part_that_is_not_there_of_another_edition_is_the_whole_file(
    entry: ResourceFile, range_header: str
) -> None:
    assert ask(entry, Range=range_header, If_Range='"x"')[::2] == (200, FIRST)
    status, response, body = ask(entry, Range=range_header, If_Range=etag(entry))
    assert (status, body) == (416, b"")
    assert "ETag" not in response


def test_browser_that_resumes_by_if_match_is_refused_another_edition(entry: ResourceFile) -> None:
    begun_with = etag(entry)
    assert ask(entry, Range="bytes=9-", If_Match=begun_with)[::2] == (206, FIRST[9:])
    replace(entry, SECOND)
    status, response, body = ask(entry, Range="bytes=9-", If_Match=begun_with)
    assert (status, body) == (412, b"")
    assert "ETag" not in response
    assert ask(entry, If_Match="*")[::2] == (200, SECOND)


def test_copy_that_is_still_the_newest_is_not_sent_again(entry: ResourceFile) -> None:
    tag = etag(entry)
    for known in (tag, f"W/{tag}", f'"x", {tag}', "*"):
        status, response, body = ask(entry, If_None_Match=known)
        assert (status, body, response["ETag"]) == (304, b"", tag)
    assert Download.objects.count() == 0
    replace(entry, SECOND)
    assert ask(entry, If_None_Match=tag)[::2] == (200, SECOND)


@pytest.mark.parametrize("name", ["If_Modified_Since", "If_Unmodified_Since"])
@pytest.mark.parametrize("date", ["Thu, 01 Jan 1970 00:00:00 GMT", "Thu, 01 Jan 2099 00:00:00 GMT"])
def test_dates_decide_nothing(entry: ResourceFile, name: str, date: str) -> None:
    status, response, body = ask(entry, **{name: date})
    assert (status, body) == (200, FIRST)
    assert "Last-Modified" not in response


def test_etag_tells_neither_hash_nor_size_nor_name(entry: ResourceFile) -> None:
    document = CustomDocument.objects.get()
    known = [document.get_file_hash(), str(len(FIRST)), "guide", f"{len(FIRST):x}"]
    assert [word for word in known if word in etag(entry)] == []
    assert len(etag(entry)) == 34


def test_stranger_to_a_locked_file_is_told_no_edition(make: Make) -> None:
    entry = make("Locked").files.get()
    document = entry.document
    held = f'"{document.get_file_hash()}"'
    answers = [
        ask(entry, method, **headers)
        for method in ("GET", "HEAD")
        for headers in ({}, {"If_Match": held}, {"If_None_Match": "*"}, {"If_Range": held})
    ]
    assert {status for status, _response, _body in answers} == {303}
    assert not any("ETag" in response for _status, response, _body in answers)
