"""Write CSV that opens correctly in Excel and LibreOffice and cannot run.

Formula rule: OWASP "CSV Injection". A cell that a spreadsheet would take for a
formula gets an apostrophe before it, which spreadsheets show as text. A cell
that already begins with apostrophes before such a character gets one more, so
that taking one away always gives back what was stored. What cannot be written as
UTF-8, and NUL, at which spreadsheets stop reading, becomes U+FFFD.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import islice
from string import ascii_letters, digits
from zoneinfo import ZoneInfo

from eoc_cms.core.spreadsheets.cells import text_writer

ROWS_AT_ONCE = 500

BOM = "\ufeff"  # Without it Excel reads UTF-8 as its own code page.
# Also behind spaces and signs without a width, which some programs take away.
SPACES = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006"
    "\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
)
UNSEEN = f"{SPACES}\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
SIGNS = "=+@|%\uff1d\uff0b\uff0d\uff20-"
FORMULA = re.compile(rf"\A'*(?:[\t\r\n]|[{UNSEEN}]*[{SIGNS}])")
# What begins so, or is empty, needs no further look.
HARMLESS = frozenset(["", *ascii_letters, *digits])
QUOTED = re.compile(r'[,"\r\n]')
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


def neutralise(text: str) -> str:
    """Return a cell that no spreadsheet runs; `restore` gives back the text."""
    return f"'{text}" if FORMULA.match(text) else text


def restore(cell: str) -> str:
    """Undo `neutralise`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def csv_lines(
    headings: Sequence[object],
    rows: Iterable[Sequence[object]],
    *,
    time_zone: ZoneInfo,
    raw: bool = False,
) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8, some lines at a time, at constant memory.

    A raw one is for programs: its cells are not made safe for spreadsheets.
    """
    writer = CsvWriter(time_zone=time_zone, raw=raw)
    yield writer.begin(headings)
    waiting = iter(rows)
    while some := list(islice(waiting, ROWS_AT_ONCE)):
        yield writer.lines(list(zip(*some, strict=True)))


class CsvWriter:
    """Writes a file part by part, from the columns of some rows at a time."""

    def __init__(self, *, time_zone: ZoneInfo, raw: bool = False) -> None:
        self.text = text_writer(time_zone)
        self.is_raw = raw

    def begin(self, headings: Iterable[object]) -> bytes:
        return BOM.encode() + self.lines([[heading] for heading in headings])

    def lines(self, columns: Sequence[Sequence[object]]) -> bytes:
        """Return lines for some rows, given as what they have in each column."""
        cells = [self._cells(values) for values in columns]
        if len(cells) == 1:
            # A line with nothing in it would be no row.
            cells = [[cell or '""' for cell in cells[0]]]
        lines = map(",".join, zip(*cells, strict=True))
        return _encoded("".join([f"{line}\r\n" for line in lines]))

    def _cells(self, values: Sequence[object]) -> Sequence[str]:
        if _is_always_the_same(values):
            return self._written(values[:1]) * len(values)
        return self._written(values)

    def _written(self, values: Sequence[object]) -> list[str]:
        write = self.text
        cells = [value if type(value) is str else write(value) for value in values]
        if not self.is_raw:
            cells = [cell if cell[:1] in HARMLESS else neutralise(cell) for cell in cells]
        return _quoted(cells)


def _is_always_the_same(values: Sequence[object]) -> bool:
    """Say whether one value fills a column, as in most of what is known beside the answers."""
    if not values or values[0] != values[-1] or len(set(map(type, values))) > 1:
        return False
    return values.count(values[0]) == len(values)


def _quoted(cells: list[str]) -> list[str]:
    """Quote as RFC 4180 says; most columns hold nothing that would have to be."""
    together = "".join(cells)
    if not any(sign in together for sign in ',"\r\n'):
        return cells
    return ['"' + cell.replace('"', '""') + '"' if QUOTED.search(cell) else cell for cell in cells]


def _encoded(text: str) -> bytes:
    try:
        return text.replace("\x00", "\ufffd").encode()
    except UnicodeEncodeError:
        return UNWRITABLE.sub("\ufffd", text).encode()
