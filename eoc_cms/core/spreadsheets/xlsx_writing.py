"""Write an Excel workbook while its rows are read, at constant memory and without a file.

Numbers, dates and times, yes and no are cells of their type. Everything else is text,
formatted as text, so nothing is a formula and no text becomes one when somebody edits it.
Format: ECMA-376 (Office Open XML), part 1. The parts that depend on the rows are written
last; readers find them by the archive's directory, which stands at its end, so half a file
does not open.
"""

import re
import zipfile
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import RawIOBase
from itertools import islice
from typing import Any

from eoc_cms.core.spreadsheets import xlsx_parts
from eoc_cms.core.spreadsheets.cells import Cell
from eoc_cms.core.spreadsheets.xlsx_cells import (
    MAX_CELL,
    NOT_IN_XML,
    as_text,
    cell,
    is_too_long,
    style_of,
    text_cell,
)
from eoc_cms.core.spreadsheets.xlsx_parts import Style

MAX_ROWS = 1_048_576  # of a sheet, with its heading; all limits: "Excel specifications and limits"
MAX_COLUMNS = 16_384
# A part of a plain archive ends at 2 GiB, and Excel does not open Zip64 from a stream.
MAX_SHEET_BYTES = 2**30
LONGEST_TAIL = 100  # bytes
ROWS_AT_ONCE = 200
NARROWEST, WIDEST = 10, 50  # of a column, in characters
BESIDE = 4  # what the button of the filter takes of a heading's width


@dataclass
class Sheet:
    """One table. What it has come to is known once its rows are written."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    shortened: dict[int, int] = field(default_factory=dict)
    has_filter: bool = True

    def note(self, row: Sequence[Cell]) -> None:
        """Count the cells of a row that had to be shortened, by their columns."""
        for place, value in enumerate(row):
            if is_too_long(value):
                self.shortened[place] = self.shortened.get(place, 0) + 1


class _Rows:
    """Rows that can be looked at before they are taken."""

    def __init__(self, rows: Iterable[Sequence[Cell]]) -> None:
        self._rows = iter(rows)
        self._waiting: deque[Sequence[Cell]] = deque()

    def first(self, count: int) -> list[Sequence[Cell]]:
        self._waiting.extend(islice(self._rows, max(count - len(self._waiting), 0)))
        return list(islice(self._waiting, count))

    def take(self) -> Sequence[Cell]:
        return self._waiting.popleft()


@dataclass
class _Part:
    """One sheet of the workbook; a table may need several."""

    title: str
    columns: int
    has_filter: bool
    rows: int = 1

    @property
    def filtered(self) -> str:
        """The range whose heading row has filters; an empty text for none."""
        if not self.has_filter or not self.columns:
            return ""
        return f"A1:{column_letters(self.columns)}{self.rows}"


class _Stream(RawIOBase):
    """What the archive writes to; `take` hands it on."""

    def __init__(self) -> None:
        self._waiting = bytearray()

    def writable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return False

    def tell(self) -> int:
        raise OSError  # tells zipfile to note sizes after each part

    def write(self, data: Any) -> int:
        self._waiting += data
        return len(data)

    def take(self) -> bytes:
        data = bytes(self._waiting)
        self._waiting.clear()
        return data


def xlsx_chunks(sheets: Iterable[Sheet]) -> Iterator[bytes]:
    """Yield a workbook; a sheet with too many rows goes on in further ones.

    Sheets are taken one after the other, so a later one may tell of an earlier one.
    """
    stream = _Stream()
    archive = zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED, compresslevel=1)
    archive.writestr("_rels/.rels", xlsx_parts.ROOT_RELATIONS)
    archive.writestr("xl/styles.xml", xlsx_parts.STYLES)
    parts: list[_Part] = []
    for sheet in sheets:
        rows = _Rows(sheet.rows)
        for part in _parts(sheet, rows):
            parts.append(part)
            with archive.open(f"xl/worksheets/sheet{len(parts)}.xml", "w") as file:
                for written in _worksheet(sheet, rows, part):
                    file.write(written)
                    yield stream.take()
    ranges = [(part.title, part.filtered) for part in parts]
    archive.writestr("xl/workbook.xml", xlsx_parts.workbook(ranges))
    archive.writestr("xl/_rels/workbook.xml.rels", xlsx_parts.relations(len(parts)))
    archive.writestr("[Content_Types].xml", xlsx_parts.content_types(len(parts)))
    archive.close()
    yield stream.take()


def _parts(sheet: Sheet, rows: _Rows) -> Iterator[_Part]:
    """Yield each sheet that the rows need; the first also where there are none."""
    number = 1
    while number == 1 or rows.first(1):
        title = _sheet_title(sheet.title, number)
        yield _Part(title, len(sheet.headings), sheet.has_filter)
        number += 1


def _worksheet(sheet: Sheet, rows: _Rows, part: _Part) -> Iterator[bytes]:
    letters = [column_letters(number) for number in range(1, part.columns + 1)]
    begin = xlsx_parts.head(_columns(sheet.headings, rows.first(ROWS_AT_ONCE)))
    lines = [begin.encode(), _heading_row(letters, sheet.headings)]
    size = sum(map(len, lines)) + LONGEST_TAIL
    while part.rows < MAX_ROWS and (ahead := rows.first(1)):
        line = _row(part.rows + 1, letters, ahead[0])
        size += len(line)
        # A sheet holds one row at least, or nothing would ever end.
        if size > MAX_SHEET_BYTES and part.rows > 1:
            break
        row = rows.take()
        if len(line) > MAX_CELL:
            sheet.note(row)
        part.rows += 1
        lines.append(line)
        if len(lines) >= ROWS_AT_ONCE:
            yield b"".join(lines)
            lines = []
    yield b"".join([*lines, xlsx_parts.tail(part.filtered).encode()])


def _columns(headings: Sequence[str], rows: Sequence[Sequence[Cell]]) -> list[tuple[int, Style]]:
    """Return the width and the format of each column, by its heading and the first rows."""
    columns = []
    for place, heading in enumerate(headings):
        values = [row[place] for row in rows if row[place] != ""]
        longest = max([len(heading) + BESIDE, *(_width(value) for value in values)])
        style = style_of(values[0]) if values else Style.TEXT
        columns.append((min(max(longest, NARROWEST), WIDEST), style))
    return columns


def _width(value: Cell) -> int:
    return max(map(len, as_text(value)[: WIDEST * 10].split("\n"))) + 2


def _heading_row(letters: Sequence[str], headings: Sequence[str]) -> bytes:
    cells = [
        text_cell(f"{letter}1", heading, Style.HEADING)
        for letter, heading in zip(letters, headings, strict=True)
    ]
    return f'<row r="1">{"".join(cells)}</row>'.encode()


def _row(number: int, letters: Sequence[str], row: Sequence[Cell]) -> bytes:
    cells = [cell(f"{letter}{number}", value) for letter, value in zip(letters, row, strict=True)]
    return f'<row r="{number}">{"".join(cells)}</row>'.encode()


def column_letters(number: int) -> str:
    """Return the name of a column, the first being 1: A, Z, AA."""
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def _sheet_title(title: str, number: int) -> str:
    """Return a name that Excel allows: 31 characters, none of its signs."""
    suffix = f" {number}" if number > 1 else ""
    plain = NOT_IN_XML.sub("", re.sub(r"[\[\]:*?/\\']", " ", title)).strip() or "Sheet"
    return plain[: 31 - len(suffix)] + suffix
