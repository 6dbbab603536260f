"""Write an Excel workbook while its rows are read, at constant memory and without a file.

Every cell is text, formatted as text, so nothing in it is a formula and nothing becomes
one when somebody edits it. Format: ECMA-376 (Office Open XML), part 1, with texts inline.
The parts that depend on the rows are written last; readers find them by the archive's
directory, which stands at its end, so half a file does not open.
"""

import re
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from io import RawIOBase
from typing import Any
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from eoc_cms.core.spreadsheets import xlsx_parts
from eoc_cms.core.spreadsheets.xlsx_parts import BOLD, PLAIN

MAX_ROWS = 1_048_576  # of a sheet, with its heading; all limits: "Excel specifications and limits"
MAX_COLUMNS = 16_384
MAX_CELL = 32_767  # UTF-16 units
# A part of a plain archive ends at 2 GiB, and Excel does not open Zip64 from a stream.
MAX_SHEET_BYTES = 2**30
ROWS_AT_ONCE = 200
NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# Excel reads `_x0041_` as the character with that number; its first sign is written so itself.
LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


@dataclass
class Sheet:
    """One table. What it has come to is known once its rows are written."""

    title: str
    headings: Sequence[str]
    rows: Iterable[Sequence[str]]
    shortened: dict[int, int] = field(default_factory=dict)

    def note_shortened(self, column: int) -> None:
        self.shortened[column] = self.shortened.get(column, 0) + 1


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
    titles: list[str] = []
    for sheet in sheets:
        for number, part in enumerate(_parts(sheet), start=1):
            titles.append(_sheet_title(sheet.title, number))
            with archive.open(f"xl/worksheets/sheet{len(titles)}.xml", "w") as file:
                for text in part:
                    file.write(text.encode())
                    yield stream.take()
    archive.writestr("xl/workbook.xml", xlsx_parts.workbook(titles))
    archive.writestr("xl/_rels/workbook.xml.rels", xlsx_parts.relations(len(titles)))
    archive.writestr("[Content_Types].xml", xlsx_parts.content_types(len(titles)))
    archive.close()
    yield stream.take()


def cell_of_excel(text: str) -> str:
    """Return a text as one cell can hold it: what has no place in XML becomes U+FFFD."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return shorten(NOT_IN_XML.sub("\ufffd", lines))


def shorten(text: str) -> str:
    """Cut a text to what a cell of Excel can hold, and say so at its end."""
    if len(text) * 2 <= MAX_CELL or _units(text) <= MAX_CELL:
        return text
    note = _(" … [shortened: %(count)s characters in all; the CSV file holds them]") % {
        "count": f"{len(text):,}"
    }
    room = (MAX_CELL - _units(note)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + note


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def _parts(sheet: Sheet) -> Iterator[Iterator[str]]:
    """Yield the text of each sheet that the rows need; the first also where there are none."""
    rows = iter(sheet.rows)
    state: dict[str, Sequence[str] | None] = {"next": next(rows, None)}
    yield _worksheet(sheet, rows, state)
    while state["next"] is not None:
        yield _worksheet(sheet, rows, state)


def _worksheet(
    sheet: Sheet, rows: Iterator[Sequence[str]], state: dict[str, Sequence[str] | None]
) -> Iterator[str]:
    letters = [column_letters(number) for number in range(1, len(sheet.headings) + 1)]
    yield xlsx_parts.head(sheet.headings)
    yield _row(1, letters, [cell_of_excel(heading) for heading in sheet.headings], BOLD)
    number, size, lines = 1, 0, []
    while state["next"] is not None and number < MAX_ROWS and size < MAX_SHEET_BYTES:
        number += 1
        lines.append(_row(number, letters, _noting(sheet, state["next"]), PLAIN))
        size += len(lines[-1])
        state["next"] = next(rows, None)
        if len(lines) == ROWS_AT_ONCE:
            yield "".join(lines)
            lines = []
    yield "".join([*lines, "</sheetData></worksheet>"])


def _noting(sheet: Sheet, row: Sequence[str]) -> list[str]:
    cells = [cell_of_excel(text) for text in row]
    for place, (cell, text) in enumerate(zip(cells, row, strict=True)):
        if len(text) * 2 > MAX_CELL and cell != text and _units(text) > MAX_CELL:
            sheet.note_shortened(place)
    return cells


def _row(number: int, letters: Sequence[str], cells: Sequence[str], style: int) -> str:
    written = [
        f'<c r="{letter}{number}" s="{style}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_in_xml(cell)}</t></is></c>'
        for letter, cell in zip(letters, cells, strict=True)
        if cell
    ]
    return f'<row r="{number}">{"".join(written)}</row>'


def _in_xml(text: str) -> str:
    return escape(LOOKS_CODED.sub("_x005F_", text))


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
