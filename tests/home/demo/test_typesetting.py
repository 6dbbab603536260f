"""The guides' files: real publications that a screen reader can follow."""

import dataclasses
import io
from collections.abc import Iterator
from itertools import pairwise

import pikepdf
import pytest

from home.demo.content import Guide, load_guides
from home.demo.typesetting import TEMPLATE_FOLDER, TypesettingError, typeset_guide

GUIDES = load_guides()


@pytest.fixture(scope="module", params=GUIDES, ids=lambda guide: guide.slug)
def guide(request: pytest.FixtureRequest) -> Guide:
    chosen: Guide = request.param
    return chosen


@pytest.fixture(scope="module")
def file(guide: Guide) -> bytes:
    return typeset_guide(guide)


@pytest.fixture(scope="module")
def pdf(file: bytes) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(io.BytesIO(file)) as opened:
        yield opened


def structure(node: pikepdf.Object) -> Iterator[pikepdf.Object]:
    """Every element of the structure tree under `node`."""
    if isinstance(node, pikepdf.Array):
        for child in node:
            yield from structure(child)
    elif isinstance(node, pikepdf.Dictionary) and "/S" in node:
        yield node
        yield from structure(node.get("/K", pikepdf.Array()))


def roles(pdf: pikepdf.Pdf) -> list[str]:
    return [str(element.S) for element in structure(pdf.Root.StructTreeRoot.K)]


def fonts(pdf: pikepdf.Pdf) -> list[pikepdf.Object]:
    return [
        font
        for page in pdf.pages
        for font in page.obj.Resources.get("/Font", pikepdf.Dictionary()).values()
    ]


def test_guide_has_the_length_of_a_publication(pdf: pikepdf.Pdf) -> None:
    assert 8 <= len(pdf.pages) <= 14


def test_file_declares_pdf_ua(pdf: pikepdf.Pdf) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert bool(pdf.Root.MarkInfo.Marked)


def test_title_is_shown_and_stands_in_both_places(pdf: pikepdf.Pdf, guide: Guide) -> None:
    with pdf.open_metadata() as metadata:
        assert metadata["dc:title"] == guide.title
    assert str(pdf.docinfo.Title) == guide.title
    assert str(pdf.docinfo.Author) == guide.authors
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)


def test_language_is_stated(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) == "en-US"


def test_bookmarks_lead_to_the_core_questions(pdf: pikepdf.Pdf, guide: Guide) -> None:
    with pdf.open_outline() as outline:
        titles = [item.title for item in outline.root]
        parts = [child.title for child in outline.root[3].children]
    questions = [f"{i} {q.question}" for i, q in enumerate(guide.questions, start=1)]
    opening = ["Contents", "Introduction", "How to use this guide"]
    assert titles == [*opening, *questions, guide.closing.title]
    assert parts == ["Prompts", "Guiding reflections", "Anecdotes", "Tips", "Key takeaway"]


def test_headings_never_skip_a_level(pdf: pikepdf.Pdf) -> None:
    levels = [int(role[2]) for role in roles(pdf) if role in {"/H1", "/H2", "/H3"}]
    assert levels[0] == 1
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_contents_lead_to_every_part(pdf: pikepdf.Pdf, guide: Guide) -> None:
    assert roles(pdf).count("/TOCI") == len(guide.questions) + 3


def test_anecdotes_are_tagged_as_quotations(pdf: pikepdf.Pdf, guide: Guide) -> None:
    anecdotes = [anecdote for q in guide.questions for anecdote in q.anecdotes]
    assert roles(pdf).count("/BlockQuote") == len(anecdotes)


def test_text_is_set_in_the_projects_fonts_and_can_be_copied(pdf: pikepdf.Pdf) -> None:
    names = {str(font.BaseFont).split("+")[1] for font in fonts(pdf)}
    assert names == {
        "AtkinsonHyperlegibleNext-Bold",
        "AtkinsonHyperlegibleNext-Regular",
        "Fraunces-Italic",
        "Fraunces-SemiBold",
        "FrauncesText-SemiBold",
    }
    assert all("/ToUnicode" in font for font in fonts(pdf))


def test_same_text_gives_the_same_file(file: bytes, guide: Guide) -> None:
    assert typeset_guide(guide) == file


def test_character_in_no_font_is_refused_by_name_of_the_guide() -> None:
    guide = dataclasses.replace(GUIDES[0], subtitle="漢字")
    with pytest.raises(TypesettingError, match=guide.slug):
        typeset_guide(guide)


def test_markup_in_a_text_is_set_as_it_stands() -> None:
    guide = dataclasses.replace(GUIDES[0], subtitle='#panic("no") *stars* $x$ <label> @reference')
    assert typeset_guide(guide).startswith(b"%PDF-")


def test_fonts_come_with_their_licences_and_stay_small() -> None:
    folder = TEMPLATE_FOLDER / "fonts"
    assert len(list(folder.glob("*-OFL.txt"))) == 2
    assert sum(file.stat().st_size for file in folder.glob("*.ttf")) < 600_000
