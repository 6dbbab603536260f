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
    "docx": {"[Content_Types].xml": b"<Types/>", "word/document.xml": b"<x/>"},
    "pptx": {"[Content_Types].xml": b"<Types/>", "ppt/presentation.xml": b"<x/>"},
    "xlsx": {"[Content_Types].xml": b"<Types/>", "xl/workbook.xml": b"<x/>"},
    "odt": {"mimetype": b"application/vnd.oasis.opendocument.text", "content.xml": b"<x/>"},
    "epub": {"mimetype": b"application/epub+zip", "META-INF/container.xml": b"<x/>"},
    "zip": {"anything.bin": b"x"},
}


def archive(parts: dict[str, bytes]) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as opened:
        for name, content in parts.items():
            opened.writestr(name, content)
    return file.getvalue()


CONTENT = {
    **{extension: archive(parts) for extension, parts in PARTS.items()},
    "pdf": pdf_files.plain(),
    "csv": "Rolle;Straße\n".encode(),
    "txt": "Ñandú".encode(),
}
# A program of either kind, pictures, an old Word document, a ZIP that is cut short.
NEITHER = [
    b"MZ\x90\x00\x03",
    b"\x7fELF\x02\x01\x01",
    b"\x89PNG\r\n\x1a\n\x00",
    b"GIF89a\x01\x00\x01\x00\x80",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    archive(PARTS["docx"])[:40],
]


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


@pytest.mark.parametrize("content", NEITHER, ids=["exe", "elf", "png", "gif", "ole", "half a zip"])
@pytest.mark.parametrize("extension", ALLOWED)
def test_file_that_is_something_else_is_refused(site: Site, extension: str, content: bytes) -> None:
    told = complaint(f"a.{extension}", content)
    assert f"This file is named .{extension} but its content is something else." in told


MISTAKEN = [
    (named, real)
    for named in ALLOWED
    for real in ALLOWED
    # Every kind that is a ZIP may be sent as one; any text may be called a table.
    if named != real and (named, real) not in {("csv", "txt"), ("txt", "csv")} and named != "zip"
]


@pytest.mark.parametrize(("named", "real"), [*MISTAKEN, ("zip", "pdf"), ("zip", "txt")])
def test_one_kind_is_not_another(site: Site, named: str, real: str) -> None:
    assert "something else" in complaint(f"a.{named}", CONTENT[real])


def test_spreadsheet_of_the_same_family_is_no_text_document(site: Site) -> None:
    kind = b"application/vnd.oasis.opendocument.spreadsheet"
    sheet = archive({"mimetype": kind, "content.xml": b"<x/>"})
    assert "something else" in complaint("a.odt", sheet)
    assert complaint("a.zip", sheet) == ""


@pytest.mark.parametrize("extension", ["docx", "pptx", "xlsx"])
def test_document_that_brings_programs_along_is_refused(site: Site, extension: str) -> None:
    parts = {**PARTS[extension], f"{extension}/vbaProject.bin": b"program"}
    assert "something else" in complaint(f"a.{extension}", archive(parts))


@pytest.mark.parametrize(
    "before",
    [b"<html><script>alert(1)</script>", b"MZ\x90\x00", b"#!/bin/sh\n", b"GIF89a", b"PK\x03\x04"],
)
def test_pdf_that_is_something_else_too_is_refused(site: Site, before: bytes) -> None:
    assert "something else" in complaint("a.pdf", before + CONTENT["pdf"])


@pytest.mark.parametrize("before", [b"\xef\xbb\xbf", b"\r\n", b" \n\x00"])
def test_pdf_behind_a_few_blanks_is_taken(site: Site, before: bytes) -> None:
    assert complaint("a.pdf", before + CONTENT["pdf"]) == ""


@pytest.mark.parametrize("before", [b"MZ\x90\x00", b"%PDF-1.7\n", b"#!/bin/sh\n"])
@pytest.mark.parametrize("extension", PARTS)
def test_archive_behind_a_program_is_refused(site: Site, extension: str, before: bytes) -> None:
    assert "something else" in complaint(f"a.{extension}", before + CONTENT[extension])


def test_archive_that_claims_to_unpack_to_anything_is_not_unpacked(site: Site) -> None:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as opened:
        opened.writestr("mimetype", bytes(50_000_000))
    assert len(file.getvalue()) < 100_000
    assert "something else" in complaint("a.epub", file.getvalue())


@pytest.mark.parametrize("name", ["guide.exe.pdf", "guide.pdf.pdf", "Guide v1.2 (final).pdf"])
def test_last_extension_counts_and_the_content_must_fit_it(site: Site, name: str) -> None:
    assert complaint(name, CONTENT["pdf"]) == ""
    assert "something else" in complaint(name, NEITHER[0])


def test_text_in_any_language_is_taken(site: Site) -> None:
    for text in ("Ñandú, señas", "公平领导者手册", "دليل الإنصاف", "a,b\r\n1,2\t3\x0c"):
        assert complaint("a.txt", text.encode()) == ""
    assert complaint("a.csv", b"\xef\xbb\xbfName;Stra\xc3\x9fe\n") == ""
    # As Excel saves it in western countries.
    assert complaint("a.csv", "Straße;Größe\n".encode("cp1252")) == ""


@pytest.mark.parametrize("name", ["a.html", "a.svg", "a.exe", "a.pdf.js", "a", ".pdf."])
def test_other_kinds_are_refused_by_name(site: Site, name: str) -> None:
    assert "is not allowed" in complaint(name, CONTENT["pdf"])


def test_empty_file_is_refused(site: Site) -> None:
    assert complaint("a.pdf", b"") == "This file is empty. Choose it again."


def test_document_without_a_file_gets_no_second_complaint(site: Site) -> None:
    assert CustomDocument(title="A file").clean() is None  # type: ignore[func-returns-value]
