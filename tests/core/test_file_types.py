"""What a file is, is told by its content; one that is not what it is called is refused."""

import io
import zipfile

import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from wagtail.models import Site

from eoc_cms.core.models import CustomDocument
from tests import pdf_files

ALLOWED = ["csv", "docx", "epub", "odt", "pdf", "pptx", "txt", "xlsx", "zip"]
PARTS = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "odt": "content.xml",
    "epub": "META-INF/container.xml",
    "zip": "anything.bin",
}


def archive(part: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        opened.writestr(part, b"<x/>")
    return file.getvalue()


CONTENT = {
    **{extension: archive(part) for extension, part in PARTS.items()},
    "pdf": pdf_files.plain(),
    "csv": "Rolle;Straße\n".encode(),
    "txt": "Ñandú".encode(),
}
# A program, a page that runs scripts, a picture, a ZIP that is cut short.
NEITHER = [b"MZ\x90\x00\x03", b"\x89PNG\r\n\x1a\n\x00", archive("word/document.xml")[:40]]


def complaint(name: str, content: bytes) -> str:
    """Return what the form of a document would say of this file, or nothing."""
    document = CustomDocument(title="A file", file=ContentFile(content, name))
    try:
        document.clean()
    except ValidationError as error:
        return " ".join(error.message_dict["file"])
    return ""


@pytest.mark.parametrize("extension", ALLOWED)
def test_file_that_is_what_it_is_called_is_taken(site: Site, extension: str) -> None:
    assert complaint(f"a.{extension}", CONTENT[extension]) == ""
    assert complaint(f"A FILE.{extension.upper()}", CONTENT[extension]) == ""


@pytest.mark.parametrize("content", NEITHER)
@pytest.mark.parametrize("extension", ALLOWED)
def test_file_that_is_something_else_is_refused(site: Site, extension: str, content: bytes) -> None:
    told = complaint(f"a.{extension}", content)
    assert f"This file is named .{extension} but its content is something else." in told


def test_one_kind_of_archive_is_not_another(site: Site) -> None:
    assert "something else" in complaint("a.docx", CONTENT["xlsx"])
    assert "something else" in complaint("a.pptx", CONTENT["zip"])


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.pdf.js", "a", ".pdf."])
def test_other_kinds_are_refused_by_name(site: Site, name: str) -> None:
    assert "is not allowed" in complaint(name, CONTENT["pdf"])


def test_empty_file_is_refused(site: Site) -> None:
    assert complaint("a.pdf", b"") == "This file is empty. Choose it again."


def test_document_without_a_file_gets_no_second_complaint(site: Site) -> None:
    assert CustomDocument(title="A file").clean() is None  # type: ignore[func-returns-value]
