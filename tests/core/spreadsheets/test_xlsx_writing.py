"""A workbook whose texts are texts, however long, strange or many, and whose types are kept."""

import io
import re
import zipfile
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.spreadsheets import xlsx_writing
from eoc_cms.core.spreadsheets.xlsx_cells import MAX_CELL, NOT_IN_XML, cell_of_excel
from eoc_cms.core.spreadsheets.xlsx_writing import Sheet, column_letters, xlsx_chunks

ANY_TEXT = st.text(st.characters(exclude_categories=()))


def written(*sheets: Sheet) -> bytes:
    return b"".join(xlsx_chunks(sheets))


def one_sheet(rows: Sequence[Sequence[Any]]) -> bytes:
    return written(Sheet("Rows", ["Heading"] * len(rows[0]), rows))


def as_excel_reads(text: str | None) -> str:
    """Decode what Excel and LibreOffice do, and openpyxl does not (ECMA-376, 22.9.2.19)."""
    return re.sub(r"_x005[fF]_", "_", text or "")


def read(content: bytes, sheet: int = 0) -> list[list[str]]:
    book = openpyxl.load_workbook(io.BytesIO(content))
    rows = book.worksheets[sheet].iter_rows()
    return [[as_excel_reads(cell.value) for cell in row] for row in rows]


@given(st.lists(ANY_TEXT, min_size=1, max_size=5))
def test_any_text_comes_back_whole_but_for_what_no_workbook_can_hold(row: list[str]) -> None:
    lines = [text.replace("\r\n", "\n").replace("\r", "\n") for text in row]
    content = one_sheet([row])
    # An empty row at the end has no cells to read.
    assert (read(content)[1:] or [[""] * len(row)])[0] == [
        NOT_IN_XML.sub("\ufffd", text) for text in lines
    ]


@given(ANY_TEXT)
def test_no_cell_is_a_formula_or_anything_but_text(text: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(one_sheet([[f"={text}", text]])))
    cells = [cell for row in book.worksheets[0].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    # Formatted as text too, so that editing a cell does not make it run.
    assert {cell.number_format for cell in cells} == {"@"}


@pytest.mark.parametrize(
    ("value", "read_back", "number_format"),
    [
        (3, 3, "General"),
        (Decimal("3.50"), 3.5, "General"),
        (Decimal("-0.01"), -0.01, "General"),
        (999_999_999_999_999, 999_999_999_999_999, "General"),
        (True, True, "General"),
        (False, False, "General"),
        (date(2026, 3, 31), datetime(2026, 3, 31), r"yyyy\-mm\-dd"),
        (date(1900, 3, 1), datetime(1900, 3, 1), r"yyyy\-mm\-dd"),
        (date(9999, 12, 31), datetime(9999, 12, 31), r"yyyy\-mm\-dd"),
        (
            datetime(2026, 3, 31, 14, 30, 59),
            datetime(2026, 3, 31, 14, 30, 59),
            r"yyyy\-mm\-dd\ hh:mm:ss",
        ),
    ],
)
def test_value_is_a_cell_of_its_type(value: Any, read_back: Any, number_format: str) -> None:
    book = openpyxl.load_workbook(io.BytesIO(one_sheet([[value]])))
    cell = book.worksheets[0]["A2"]
    assert cell.value == read_back
    assert type(cell.value) is type(read_back)
    assert cell.number_format == number_format


@given(st.datetimes(datetime(1900, 3, 1), datetime(9999, 12, 31)))
def test_every_second_comes_back(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    assert openpyxl.load_workbook(io.BytesIO(one_sheet([[moment]]))).worksheets[0]["A2"].value == (
        moment
    )


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (9_999_999_999_999_999, "9999999999999999"),
        (Decimal("1234567890.1234567"), "1234567890.1234567"),
        (date(1900, 2, 28), "1900-02-28"),
        (datetime(1776, 7, 4, 12), "1776-07-04 12:00:00"),
    ],
)
def test_what_excel_would_show_otherwise_is_a_text(value: Any, text: str) -> None:
    cell = openpyxl.load_workbook(io.BytesIO(one_sheet([[value]]))).worksheets[0]["A2"]
    assert (cell.value, cell.data_type, cell.number_format) == (text, "s", "@")


@pytest.mark.parametrize("plane", range(17))
def test_every_plane_of_unicode_is_held(plane: int) -> None:
    text = "".join(chr(plane * 0x10000 + offset) for offset in (0x41, 0x1234, 0xE123, 0xFFFD))
    assert read(one_sheet([[text]]))[1] == [text]


@pytest.mark.parametrize("text", ["_x0041_", "_x005F_", "__x000d__", "_x005F_x0041_", "_x41_"])
def test_text_that_looks_coded_stays_as_written(text: str) -> None:
    assert read(one_sheet([[text]]))[1] == [text]


@pytest.mark.parametrize("sign", ["\x00", "\x07", "\x0b", "\x1f", "\ud800", "\ufffe"])
def test_what_xml_cannot_hold_is_seen_as_such(sign: str) -> None:
    assert read(one_sheet([[f"a{sign}b"]]))[1] == ["a\ufffdb"]


@pytest.mark.parametrize("letter", ["x", "🌻", "é"])
def test_text_longer_than_a_cell_is_cut_and_says_so(letter: str) -> None:
    sheet = Sheet("Rows", ["A", "B"], [("short", letter * 100_000), ("short", letter)])
    content = written(sheet)
    cell = read(content)[1][1]
    assert cell.startswith(letter * 1000)
    assert cell.endswith("[shortened: 100,000 characters in all; the CSV file holds them]")
    assert MAX_CELL - 2 < len(cell.encode("utf-16-le")) // 2 <= MAX_CELL
    assert sheet.shortened == {1: 1}


def test_longest_text_that_fits_is_not_cut() -> None:
    assert cell_of_excel("x" * MAX_CELL) == "x" * MAX_CELL
    assert cell_of_excel("🌻" * (MAX_CELL // 2)) == "🌻" * (MAX_CELL // 2)


def test_more_rows_than_a_sheet_holds_go_on_in_the_next(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writing, "MAX_ROWS", 4)
    content = written(
        Sheet("Rows", ["Number"], [[str(number)] for number in range(7)]),
        Sheet("About", ["What"], [["seven"]]),
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert book.sheetnames == ["Rows", "Rows 2", "Rows 3", "About"]
    assert [read(content, sheet)[1:] for sheet in range(3)] == [
        [["0"], ["1"], ["2"]],
        [["3"], ["4"], ["5"]],
        [["6"]],
    ]
    assert {read(content, sheet)[0][0] for sheet in range(3)} == {"Number"}


@pytest.mark.parametrize("letter", ["x", "é", "🌻"])
def test_more_bytes_than_a_sheet_holds_go_on_in_the_next(
    monkeypatch: pytest.MonkeyPatch, letter: str
) -> None:
    most = 4_000
    monkeypatch.setattr(xlsx_writing, "MAX_SHEET_BYTES", most)
    content = written(Sheet("Rows", ["Number"], [[letter * 100] for _ in range(50)]))
    archive = zipfile.ZipFile(io.BytesIO(content))
    sizes = [part.file_size for part in archive.infolist() if "/sheet" in part.filename]
    assert len(sizes) > 2
    assert max(sizes) <= most
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert sum(sheet.max_row - 1 for sheet in book.worksheets) == 50


def test_row_that_is_larger_than_a_sheet_has_one_of_its_own(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(xlsx_writing, "MAX_SHEET_BYTES", 300)
    content = written(Sheet("Rows", ["Number"], [["x" * 1_000], ["y"] * 1]))
    assert [read(content, sheet)[1][0][0] for sheet in range(2)] == ["x", "y"]


def test_sheet_without_rows_has_its_heading() -> None:
    assert read(written(Sheet("Rows", ["A", "B"], []))) == [["A", "B"]]


def test_heading_stays_in_sight_and_columns_have_a_sane_width() -> None:
    rows: list[tuple[Any, ...]] = [
        ("1", "2", datetime(2026, 3, 31), "x" * 30),
        ("", "", "", "y\n" * 60),
    ]
    content = written(Sheet("Rows", ["A", "B" * 400, "C", "D"], rows))
    sheet = openpyxl.load_workbook(io.BytesIO(content)).worksheets[0]
    assert sheet.freeze_panes == "A2"
    assert sheet["A1"].font.bold
    widths = {letter: sheet.column_dimensions[letter].width for letter in "ABCD"}
    assert 10 <= widths["A"] < widths["C"] < widths["D"] < widths["B"] <= 50
    assert widths["C"] > len("2026-03-31 00:00:00")


def test_every_column_can_be_filtered_on_each_sheet(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(xlsx_writing, "MAX_ROWS", 4)
    content = written(
        Sheet("My rows", ["A", "B"], [("1", "2")] * 5),
        Sheet("Nothing", ["A"], []),
        Sheet("About", ["What", ""], [["x", "y"]], has_filter=False),
    )
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert [sheet.auto_filter.ref for sheet in book.worksheets] == ["A1:B4", "A1:B3", "A1:A1", None]
    names = zipfile.ZipFile(io.BytesIO(content)).read("xl/workbook.xml").decode()
    assert "'My rows 2'!$A$1:$B$3" in names


@pytest.mark.parametrize("title", ["a/b:c?[d]", "", "'", "x" * 90, "\x00"])
def test_any_title_becomes_one_that_excel_allows(title: str) -> None:
    (name,) = openpyxl.load_workbook(io.BytesIO(written(Sheet(title, ["A"], [])))).sheetnames
    assert 0 < len(name) <= 31
    assert not set(name) & set("[]:*?/\\'")


def test_columns_are_named_as_spreadsheets_do() -> None:
    assert [column_letters(number) for number in (1, 26, 27, 702, 703, 16_384)] == [
        *("A", "Z", "AA", "ZZ", "AAA", "XFD")
    ]


def test_rows_are_written_as_they_come_and_never_gathered() -> None:
    taken = 0

    def rows() -> Iterator[list[str]]:
        nonlocal taken
        for taken in range(1, 100_001):
            yield [str(taken)]

    chunks = xlsx_chunks([Sheet("Rows", ["Number"], rows())])
    assert next(chunks).startswith(b"PK")
    assert taken < 1_000


def test_half_a_workbook_does_not_open() -> None:
    content = one_sheet([["a"]] * 5_000)
    with pytest.raises(zipfile.BadZipFile):
        openpyxl.load_workbook(io.BytesIO(content[: len(content) * 2 // 3]))


def test_a_later_sheet_can_tell_of_an_earlier_one() -> None:
    rows = Sheet("Rows", ["A"], [["x" * 40_000]])

    def sheets() -> Iterator[Sheet]:
        yield rows
        yield Sheet("About", ["Shortened"], [[str(rows.shortened[0])]])

    assert read(b"".join(xlsx_chunks(sheets())), sheet=1) == [["Shortened"], ["1"]]


def test_no_part_needs_the_large_form_of_archives_that_excel_cannot_stream() -> None:
    archive = zipfile.ZipFile(io.BytesIO(one_sheet([["a"]])))
    assert {part.extract_version for part in archive.infolist()} == {20}
