"""One cell of an Excel workbook: a number, a date, yes or no, or a text that is never a formula.

What the program would show otherwise than it was stored, such as a number of more than 15
digits or a date before its calendar begins, is a text. Format: ECMA-376, texts inline.
"""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal
from xml.sax.saxutils import escape

from django.utils.translation import gettext as _

from eoc_cms.core.spreadsheets.cells import Cell
from eoc_cms.core.spreadsheets.xlsx_parts import Style

MAX_CELL = 32_767  # UTF-16 units; all limits: "Excel specifications and limits"
MAX_DIGITS = 15
# Days are counted from here, but those before March 1900 wrongly, as Lotus 1-2-3 did.
FIRST_DAY = datetime(1899, 12, 30)
# An enum's member takes longer to write than all the rest of a cell.
AS_TEXT, AS_GENERAL = Style.TEXT.value, Style.GENERAL.value
ONE_DAY = timedelta(days=1)
FIRST_RIGHT_DAY = date(1900, 3, 1)
NOT_IN_XML = re.compile(r"[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
# What stands in XML as it is, has nothing at its ends that programs take away, and fits.
PLAIN = re.compile(r"[!-%'-;=?-^`-~](?:[ -%'-;=?-^`-~]{0,9999}[!-%'-;=?-^`-~])?")
# Excel reads `_x0041_` as the character with that number; its first sign is written so itself.
LOOKS_CODED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def cell(place: str, value: Cell) -> str:
    """Return the XML of a cell; nothing for an empty one."""
    if isinstance(value, str):
        # As most are; the rest is looked at sign by sign.
        if PLAIN.fullmatch(value):
            return f'<c r="{place}" s="{AS_TEXT}" t="inlineStr"><is><t>{value}</t></is></c>'
        return text_cell(place, value, Style.TEXT)
    if isinstance(value, bool):
        return f'<c r="{place}" s="{AS_GENERAL}" t="b"><v>{value:d}</v></c>'
    style = style_of(value)
    if style == Style.TEXT:
        return text_cell(place, as_text(value), style)
    return f'<c r="{place}" s="{style.value}"><v>{_number(value)}</v></c>'


def text_cell(place: str, text: str, style: Style) -> str:
    if not text:
        return ""
    return (
        f'<c r="{place}" s="{style.value}" t="inlineStr"><is>'
        f'<t xml:space="preserve">{_in_xml(cell_of_excel(text))}</t></is></c>'
    )


def style_of(value: Cell) -> Style:
    """Return how a cell is formatted: as text where Excel has no cell of this value."""
    if isinstance(value, str):
        return Style.TEXT
    if isinstance(value, date):
        day = value.date() if isinstance(value, datetime) else value
        if day < FIRST_RIGHT_DAY:
            return Style.TEXT
        return Style.MOMENT if isinstance(value, datetime) else Style.DAY
    return Style.TEXT if _has_too_many_digits(as_text(value)) else Style.GENERAL


def _has_too_many_digits(text: str) -> bool:
    return len(text) > MAX_DIGITS and sum(map(str.isdigit, text)) > MAX_DIGITS


def as_text(value: Cell) -> str:
    """Return a cell as it reads, whatever its type."""
    if isinstance(value, Decimal):
        return f"{value:f}"
    return value.isoformat(sep=" ") if isinstance(value, datetime) else str(value)


def cell_of_excel(text: str) -> str:
    """Return a text as one cell can hold it: what has no place in XML becomes U+FFFD."""
    shown = NOT_IN_XML.sub("\ufffd", _with_plain_line_ends(text))
    return _shortened(shown) if is_too_long(text) else shown


def is_too_long(value: Cell) -> bool:
    """Say whether a cell has to be shortened."""
    if not isinstance(value, str) or len(value) * 2 <= MAX_CELL:
        return False
    return _units(_with_plain_line_ends(value)) > MAX_CELL


def _shortened(text: str) -> str:
    """Cut a text to what a cell of Excel can hold, and say so at its end."""
    note = _(" … [shortened: %(count)s characters in all; the CSV file holds them]") % {
        "count": f"{len(text):,}"
    }
    room = (MAX_CELL - _units(note)) * 2
    return text.encode("utf-16-le")[:room].decode("utf-16-le", "ignore") + note


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _units(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def _number(value: Cell) -> str:
    """Return what stands in the cell: days since the calendar's first, or the number itself."""
    if isinstance(value, datetime):
        return repr((value - FIRST_DAY) / ONE_DAY)
    if isinstance(value, date):
        return str(value.toordinal() - FIRST_DAY.toordinal())
    return as_text(value)


def _in_xml(text: str) -> str:
    return escape(LOOKS_CODED.sub("_x005F_", text))
