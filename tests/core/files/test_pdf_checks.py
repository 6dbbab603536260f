"""What the site reads out of a PDF, and what it tells editors about it."""

import io
import time
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from django.core.files.base import ContentFile
from hypothesis import given, settings
from hypothesis import strategies as st
from pikepdf import Array, Dictionary, Name
from wagtail.models import Site

from eoc_cms.core.documents.file_report import FileReport, report_on
from eoc_cms.core.documents.findings import findings
from eoc_cms.core.files import pdf_pages
from eoc_cms.core.files.pdf_checks import BROKEN, CLOSED, PASSWORD, READ, PdfFacts, inspect_pdf
from eoc_cms.core.models import CustomDocument
from tests import pdf_files
from tests.pdf_files import PICTURE, WORDS, changed, plain

GOOD = pdf_files.tagged()


def facts_of(file: bytes) -> PdfFacts:
    return inspect_pdf(io.BytesIO(file))


def warnings_of(file: bytes) -> list[str]:
    return [finding.name for finding in findings(facts_of(file)) if not finding.is_good]


def test_typeset_guide_is_in_order() -> None:
    facts = facts_of(GOOD)
    assert (facts.pages, facts.language, facts.has_headings) == (13, "en-US", True)
    assert warnings_of(GOOD) == []


def test_bare_pdf_has_every_fault_but_missing_text() -> None:
    assert warnings_of(plain()) == ["tags", "title", "language"]


# --- Each fault alone --------------------------------------------------------------


def unmark(pdf: pikepdf.Pdf) -> None:
    pdf.Root.MarkInfo = Dictionary(Marked=False)


def drop_structure(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.StructTreeRoot


def empty_structure(pdf: pikepdf.Pdf) -> None:
    pdf.Root.StructTreeRoot = Dictionary(Type=Name.StructTreeRoot)


def make_all_paragraphs(pdf: pikepdf.Pdf) -> None:
    for element in pdf.objects:
        if isinstance(element, Dictionary) and str(element.get("/S", "")).startswith("/H"):
            element.S = Name.P


def drop_titles(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Metadata
    del pdf.docinfo["/Title"]


def name_like_a_file(pdf: pikepdf.Pdf) -> None:
    drop_titles(pdf)
    pdf.docinfo["/Title"] = "Microsoft Word - guide final 3.docx"


def show_the_file_name(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.ViewerPreferences


def drop_language(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Lang


def write_a_language_that_is_none(pdf: pikepdf.Pdf) -> None:
    pdf.Root.Lang = pikepdf.String("\x00 ?")


def drop_bookmarks(pdf: pikepdf.Pdf) -> None:
    del pdf.Root.Outlines


FAULTS: list[tuple[Callable[[pikepdf.Pdf], None], str]] = [
    (unmark, "tags"),
    (drop_structure, "tags"),
    (empty_structure, "tags"),
    (make_all_paragraphs, "tags"),
    (drop_titles, "title"),
    (name_like_a_file, "title"),
    (show_the_file_name, "title"),
    (drop_language, "language"),
    (write_a_language_that_is_none, "language"),
    (drop_bookmarks, "bookmarks"),
]


@pytest.mark.parametrize(("fault", "name"), FAULTS, ids=lambda part: getattr(part, "__name__", ""))
def test_fault_is_found_and_no_other(fault: Callable[[pikepdf.Pdf], None], name: str) -> None:
    assert warnings_of(changed(fault, GOOD)) == [name]


def test_title_in_either_place_counts() -> None:
    def only_in_docinfo(pdf: pikepdf.Pdf) -> None:
        del pdf.Root.Metadata

    def only_in_metadata(pdf: pikepdf.Pdf) -> None:
        del pdf.docinfo["/Title"]

    for change in (only_in_docinfo, only_in_metadata):
        assert facts_of(changed(change, GOOD)).has_title


def test_heading_of_a_renamed_role_is_a_heading() -> None:
    def rename(pdf: pikepdf.Pdf) -> None:
        for element in pdf.objects:
            if isinstance(element, Dictionary) and str(element.get("/S", "")).startswith("/H"):
                element.S = Name.Chapter
        pdf.Root.StructTreeRoot.RoleMap = Dictionary(Chapter=Name.H1)

    assert facts_of(changed(rename, GOOD)).has_headings


def test_short_pdf_needs_no_bookmarks() -> None:
    assert "bookmarks" not in warnings_of(plain(*[WORDS] * 8))
    assert "bookmarks" in warnings_of(plain(*[WORDS] * 9))


# --- Text --------------------------------------------------------------------------


def test_scan_with_page_numbers_is_no_text() -> None:
    assert warnings_of(pdf_files.scanned())[0] == "text"


@pytest.mark.parametrize(
    ("file", "words"),
    [
        (pdf_files.scanned(), "Its pages are pictures, as from a scanner"),
        (plain(b"BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI"), "Its pages are pictures"),
        (plain(WORDS, PICTURE, PICTURE), "Most of its pages are pictures"),
        (plain(WORDS, b"", b""), "Most of its pages hold no text"),
        (plain(b"72 700 200 2 re f"), "Its pages hold no text"),
        (pdf_files.of_fields(), "Its pages hold fields to fill in and no words"),
        (pdf_files.of_fields(PICTURE, b""), "Its pages hold fields to fill in and no words"),
    ],
)
def test_pages_without_text_are_called_what_they_are(file: bytes, words: str) -> None:
    [told] = [finding.sentence for finding in findings(facts_of(file)) if finding.name == "text"]
    assert told.startswith(words)


def test_form_with_words_beside_its_fields_is_text() -> None:
    assert facts_of(pdf_files.of_fields(WORDS)).has_text


def test_typeset_cover_does_not_save_a_scan() -> None:
    assert facts_of(plain(WORDS, PICTURE, PICTURE)).has_text is False
    assert facts_of(plain(PICTURE, WORDS, WORDS)).has_text is True


@pytest.mark.parametrize(
    "shown",
    [
        b"(Equity officers listen before they speak.) Tj",
        b"[(Equity offi) -20 (cers listen before)] TJ",
        b"(Equity officers listen before they speak.) '",
        b'1 1 (Equity officers listen before they speak.) "',
    ],
)
def test_every_way_to_show_text_counts(shown: bytes) -> None:
    assert facts_of(plain(b"BT /F1 12 Tf 72 700 Td " + shown + b" ET")).has_text


def pdf_with_form(content: bytes) -> bytes:
    with pikepdf.new() as pdf:
        page = pdf_files.add_page(pdf, pdf.make_stream(b"/Fm0 Do"))
        form = pikepdf.Stream(pdf, content, Type=Name.XObject, Subtype=Name.Form)
        form.BBox = Array([0, 0, 600, 800])
        form = pdf.make_indirect(form)
        form.Resources = Dictionary(XObject=Dictionary(Fm0=form))
        page.obj.Resources.XObject.Fm0 = form
        return pdf_files.saved(pdf)


def test_text_in_a_form_drawn_on_the_page_counts() -> None:
    assert facts_of(pdf_with_form(WORDS)).has_text


def test_form_that_draws_itself_ends() -> None:
    assert facts_of(pdf_with_form(b"/Fm0 Do /Fm0 Do")).has_text is False


def test_only_so_many_pages_are_read() -> None:
    facts = facts_of(plain(*[WORDS] * 70))
    assert (facts.pages, facts.pages_read) == (70, pdf_pages.MOST_PAGES)


def test_reading_stops_when_time_is_up(monkeypatch: pytest.MonkeyPatch) -> None:
    ticks = iter(range(0, 100, 2))
    monkeypatch.setattr(time, "monotonic", lambda: next(ticks))
    facts = facts_of(plain(*[WORDS] * 10))
    assert (facts.pages, facts.pages_read) == (10, 2)


# --- Files that cannot be read -----------------------------------------------------


def test_password_is_told_and_nothing_else() -> None:
    assert facts_of(pdf_files.with_password()).state == PASSWORD
    assert warnings_of(pdf_files.with_password()) == ["password"]


def test_password_of_attachments_alone_locks_nothing_else() -> None:
    facts = facts_of(pdf_files.with_locked_attachments())
    assert (facts.opens, facts.pages, facts.has_text) == (True, 1, True)
    assert warnings_of(pdf_files.with_locked_attachments())[0] == "attachments"
    assert facts_of(pdf_files.with_everything_locked()).state == PASSWORD


def test_certificate_is_no_damage() -> None:
    assert warnings_of(pdf_files.with_certificate()) == ["locked"]


def test_form_that_only_adobe_shows_is_no_text() -> None:
    assert warnings_of(pdf_files.dynamic_form()) == ["form"]

    def also_as_fields(pdf: pikepdf.Pdf) -> None:
        pdf.Root.AcroForm.XFA = pdf.make_stream(b"<template/>")

    assert facts_of(changed(also_as_fields, pdf_files.of_fields(WORDS))).opens


def test_protection_against_reading_aloud_is_told() -> None:
    assert warnings_of(pdf_files.closed_to_screen_readers())[0] == "protection"


@pytest.mark.parametrize("file", [b"", b"%PDF-1.7", pdf_files.broken(), pdf_files.cut_short()])
def test_broken_file_is_a_finding_and_no_error(file: bytes) -> None:
    assert facts_of(file).state == BROKEN
    assert warnings_of(file) == ["broken"]


def test_file_without_a_page_is_broken() -> None:
    with pikepdf.new() as pdf:
        assert facts_of(pdf_files.saved(pdf)).state == BROKEN


def test_page_that_inflates_to_hundreds_of_megabytes_is_not_held_in_memory() -> None:
    file = pdf_files.bomb()
    assert len(file) < 500_000
    facts = facts_of(file)
    assert (facts.pages, facts.pages_read, facts.has_text) == (1, 0, None)
    assert warnings_of(file)[0] == "text"


def nonsense_in(key: str) -> Callable[[pikepdf.Pdf], None]:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.Root[key] = Array([1, Name.Odd])

    return change


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("/MarkInfo", "tags"),
        ("/StructTreeRoot", "tags"),
        ("/ViewerPreferences", "title"),
        ("/Lang", "language"),
        ("/Outlines", "bookmarks"),
    ],
)
def test_one_damaged_part_spoils_only_its_own_finding(key: str, name: str) -> None:
    assert warnings_of(changed(nonsense_in(key), GOOD)) == [name]


@settings(max_examples=60)
@given(st.data())
def test_damaged_bytes_never_raise(data: st.DataObject) -> None:
    file = bytearray(plain(WORDS, PICTURE))
    for _ in range(data.draw(st.integers(1, 12))):
        place = data.draw(st.integers(0, len(file) - 1))
        file[place] = data.draw(st.integers(0, 255))
    opened = io.BytesIO(bytes(file))
    assert inspect_pdf(opened).state in {READ, *CLOSED}
    assert opened.tell() == 0


# --- What is stored ----------------------------------------------------------------


@pytest.fixture
def document(site: Site) -> CustomDocument:
    return CustomDocument.objects.create(title="A guide", file=ContentFile(GOOD, "guide.pdf"))


def report(document: CustomDocument) -> FileReport:
    found = report_on(CustomDocument.objects.get(pk=document.pk))
    assert found is not None
    return found


def test_facts_are_stored_with_the_file_and_read_back(document: CustomDocument) -> None:
    stored = CustomDocument.objects.get(pk=document.pk)
    assert stored.pdf_facts == facts_of(GOOD)
    assert report(document).is_good


def test_new_file_is_looked_into_again(document: CustomDocument) -> None:
    document.file = ContentFile(pdf_files.scanned(), "scan.pdf")
    document.save()
    assert not report(document).is_good
    document.file = ContentFile(b"a,b", "list.csv")
    document.save()
    assert CustomDocument.objects.get(pk=document.pk).pdf_facts is None


def test_saving_without_a_new_file_looks_into_nothing(
    document: CustomDocument, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(opened: Any) -> PdfFacts:
        raise AssertionError("the file was read")

    monkeypatch.setattr("eoc_cms.core.models.documents.inspect_pdf", refuse)
    stored = CustomDocument.objects.get(pk=document.pk)
    stored.title = "Another title"
    stored.save()
    assert report(document).is_good


def test_facts_of_another_version_of_the_site_can_be_read() -> None:
    facts = PdfFacts.from_json({"state": "read", "pages": 3, "has_signature": True})
    assert facts == PdfFacts(pages=3)


def test_pdf_that_was_never_looked_into_is_not_praised(document: CustomDocument) -> None:
    CustomDocument.objects.update(accessibility=None)
    assert [finding.name for finding in report(document).findings] == ["unknown"]


@pytest.mark.parametrize(("name", "has_advice"), [("a.docx", True), ("a.csv", False)])
def test_other_formats_get_advice_or_nothing(site: Site, name: str, has_advice: bool) -> None:
    document = CustomDocument(title="A file", file=name)
    assert bool(report_on(document)) == has_advice


@pytest.mark.parametrize("make", [pdf_files.with_password, pdf_files.broken])
def test_what_nobody_can_open_is_not_said_to_be_publishable(
    document: CustomDocument, make: Callable[[], bytes]
) -> None:
    document.file = ContentFile(make(), "closed.pdf")
    document.save()
    not_as_it_is = "Visitors cannot open this PDF. It is not published behind a form as it is."
    assert report(document).title == not_as_it_is
    document.publish_anyway = True
    document.save()
    assert report(document).title.endswith("It is published, as you chose for this file.")


def test_every_warning_says_what_to_do_in_whole_sentences() -> None:
    files = [plain(*[PICTURE] * 9), plain(WORDS, PICTURE, PICTURE), pdf_files.with_password()]
    files += [changed(fault, GOOD) for fault, _name in FAULTS]
    files += [pdf_files.dynamic_form(), pdf_files.with_certificate(), pdf_files.of_fields()]
    files += [pdf_files.with_locked_attachments(), plain(b"")]
    files += [pdf_files.broken(), pdf_files.closed_to_screen_readers(), pdf_files.bomb()]
    for finding in (found for file in files for found in findings(facts_of(file))):
        assert finding.sentence.endswith(".")
        assert finding.is_good or finding.advice.endswith(".")
