"""A table that opens in any spreadsheet, cannot run, and gives back what was stored."""

import csv
import io
import re
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.spreadsheets.cells import cell_text
from eoc_cms.core.spreadsheets.csv_writing import (
    ROWS_AT_ONCE,
    SPACES,
    csv_lines,
    neutralise,
    restore,
)

ATLANTA = ZoneInfo("America/New_York")
RUNS = ["=", "+", "-", "@", "\t", "\r", "\n", "|", "%", "\uff1d", "\uff0b", "\uff0d", "\uff20"]


def read(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("sign", RUNS)
def test_cell_that_could_run_is_made_text(sign: str) -> None:
    for text in (f"{sign}cmd|' /C calc'!A0", sign, f"'{sign}1", f"''{sign}1"):
        assert neutralise(text) == f"'{text}"
        assert restore(neutralise(text)) == text


@pytest.mark.parametrize("text", [" =1+1", "\ufeff=1+1", "\u200b +1", "\x1f@a"])
def test_formula_behind_what_is_not_seen_is_made_text(text: str) -> None:
    assert neutralise(text) == f"'{text}"
    assert restore(neutralise(text)) == text


@pytest.mark.parametrize(
    "text", ["", "Ana", "'quoted'", "1 + 1", "a=b", "ana@example.org", "(404) 555-0100", "'"]
)
def test_harmless_cell_stays_as_it_is(text: str) -> None:
    assert neutralise(text) == text == restore(text)


def test_every_space_of_unicode_is_known() -> None:
    every = (chr(number) for number in range(sys.maxunicode + 1))
    assert {sign for sign in every if re.match(r"\s", sign)} == set(SPACES)


@given(st.text())
def test_every_text_comes_back_whole(text: str) -> None:
    assert restore(neutralise(text)) == text
    assert neutralise(text)[:1] not in RUNS


# Lone surrogates have no place in UTF-8, and spreadsheets stop reading at NUL.
WRITABLE = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@given(st.lists(WRITABLE, min_size=1, max_size=4))
def test_every_row_comes_back_whole(row: list[str]) -> None:
    content = b"".join(csv_lines(["heading"] * len(row), [row], time_zone=ATLANTA))
    _, cells = read(content)
    assert [restore(cell) for cell in cells] == row


@given(st.lists(WRITABLE, min_size=1, max_size=4))
def test_raw_file_holds_the_cells_as_they_are(row: list[str]) -> None:
    content = b"".join(csv_lines(["a"] * len(row), [row], time_zone=ATLANTA, raw=True))
    assert read(content)[1] == row


@pytest.mark.parametrize("text", ["a\x00b", "a\ud800b"])
def test_what_cannot_be_written_is_seen_as_such(text: str) -> None:
    assert read(b"".join(csv_lines(["a"], [[text]], time_zone=ATLANTA))) == [["a"], ["a\ufffdb"]]


def test_file_is_utf8_with_the_mark_that_excel_needs() -> None:
    content = b"".join(csv_lines(["Name"], [["Zoë 🌻 مرحبا"]], time_zone=ATLANTA))
    assert content == b"\xef\xbb\xbf" + "Name\r\nZoë 🌻 مرحبا\r\n".encode()


def test_heading_that_could_run_is_made_text_too() -> None:
    content = b"".join(csv_lines(["=1+1"], [], time_zone=ATLANTA))
    assert read(content) == [["'=1+1"]]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (True, "yes"),
        (False, "no"),
        (0, "0"),
        ("007", "007"),
        (["Ana", "Ben"], "Ana; Ben"),
        (("Ana", None), "Ana; "),
        (datetime(2026, 1, 15, 1, 30, tzinfo=UTC), "2026-01-14 20:30:00"),
        (datetime(2026, 7, 15, 1, 30, tzinfo=UTC), "2026-07-14 21:30:00"),
        # Without a zone it is what the clock shows already.
        (datetime(2026, 7, 15, 1, 30), "2026-07-15 01:30:00"),
        (date(2026, 7, 15), "2026-07-15"),
        (Decimal("3.50"), "3.50"),
        (Decimal("0.0000001"), "0.0000001"),
    ],
)
def test_value_is_written_as_people_read_it(value: object, text: str) -> None:
    assert cell_text(value, time_zone=ATLANTA) == text


def test_rows_are_written_as_they_come_and_never_gathered() -> None:
    taken = 0

    def rows() -> Iterator[list[int]]:
        nonlocal taken
        for taken in range(1, 10 * ROWS_AT_ONCE):
            yield [taken]

    lines = csv_lines(["Number"], rows(), time_zone=ATLANTA)
    assert next(lines).endswith(b"Number\r\n")
    assert taken == 0
    assert next(lines).startswith(b"1\r\n2\r\n")
    assert taken == ROWS_AT_ONCE
