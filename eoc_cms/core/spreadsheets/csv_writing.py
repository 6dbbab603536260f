"""Write CSV that opens correctly in Excel and LibreOffice and cannot run.

Formula rule: OWASP "CSV Injection". A cell that a spreadsheet would take for a
formula gets an apostrophe before it, which spreadsheets show as text. A cell
that already begins with apostrophes before such a character gets one more, so
that taking one away always gives back what was stored. What cannot be written as
UTF-8, and NUL, at which spreadsheets stop reading, becomes U+FFFD.
"""

import csv
import itertools
import re
from collections.abc import Iterable, Iterator
from zoneinfo import ZoneInfo

from eoc_cms.core.spreadsheets.cells import cell_text

BOM = "\ufeff"  # Without it Excel reads UTF-8 as its own code page.
# Also behind spaces and signs without a width, which some programs take away.
FORMULA = re.compile(
    r"\A'*(?:[\t\r\n]|[\s\u200b-\u200f\u2060\ufeff]*[=+\-@|%\uff1d\uff0b\uff0d\uff20])"
)
UNWRITABLE = re.compile("[\x00\ud800-\udfff]")


class _Echo:
    def write(self, value: str) -> str:
        return value


def neutralise(text: str) -> str:
    """Return a cell that no spreadsheet runs; `restore` gives back the text."""
    return f"'{text}" if FORMULA.match(text) else text


def restore(cell: str) -> str:
    """Undo `neutralise`."""
    return cell[1:] if cell.startswith("'") and FORMULA.match(cell) else cell


def csv_lines(
    headings: Iterable[object],
    rows: Iterable[Iterable[object]],
    *,
    time_zone: ZoneInfo,
    raw: bool = False,
) -> Iterator[bytes]:
    """Yield a CSV file in UTF-8, one line at a time, at constant memory.

    A raw one is for programs: its cells are not made safe for spreadsheets.
    """
    writer = csv.writer(_Echo(), lineterminator="\r\n")  # RFC 4180
    yield BOM.encode()
    for row in itertools.chain([headings], rows):
        cells = [UNWRITABLE.sub("\ufffd", cell_text(value, time_zone=time_zone)) for value in row]
        line = writer.writerow(cells if raw else [neutralise(cell) for cell in cells])
        yield line.encode()
