r"""What a value is in a cell: text in a CSV, a cell of its type in a workbook.

Several options of one answer are joined by "; ", with a backslash before each ";" and each
"\" inside an option, so that `split_options` gives them back.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from django.utils.translation import gettext as _

# What a cell can be besides a text; a moment is a time of the clock on the wall.
Cell = str | bool | int | Decimal | date | datetime

TO_THE_SECOND = len("2026-03-31 14:30:00")
# An option, and whether another follows. What nobody joined is read as one option.
OPTION = re.compile(r"((?:[^;\\]|\\.|;(?! )|\\\Z)*)(; )?", re.DOTALL)


def cell_text(value: object, *, time_zone: ZoneInfo) -> str:
    """Return a value as one cell of text, moments in the given zone."""
    return text_writer(time_zone)(value)


def text_writer(time_zone: ZoneInfo) -> Callable[[object], str]:
    """Return what writes many values as cells of text, in the language of now."""
    yes, no = _("yes"), _("no")

    def text(value: object) -> str:
        if isinstance(value, str):
            return value
        if value is None:
            return ""
        if isinstance(value, bool):
            return yes if value else no
        if isinstance(value, datetime):
            local = value.astimezone(time_zone) if value.tzinfo else value
            return str(local)[:TO_THE_SECOND]
        if isinstance(value, list | tuple):
            return join_options(map(text, value))
        # A small number would otherwise be written with an exponent.
        return f"{value:f}" if isinstance(value, Decimal) else str(value)

    return text


def value_writer(time_zone: ZoneInfo) -> Callable[[object], Cell]:
    """Return what writes many values as cells of their types, moments as clocks show them."""
    text = text_writer(time_zone)

    def cell(value: object) -> Cell:
        if isinstance(value, str):
            return value
        if isinstance(value, datetime):
            return _on_the_wall(value, time_zone)
        if isinstance(value, bool | int | Decimal | date):
            return value
        return text(value)

    return cell


def join_options(options: Iterable[str]) -> str:
    """Join several options of one answer; `split_options` gives them back."""
    return "; ".join([option.replace("\\", r"\\").replace(";", r"\;") for option in options])


def split_options(cell: str) -> list[str]:
    """Undo `join_options`; an option is never empty."""
    found: list[str] = []
    at, is_more = 0, bool(cell)
    while is_more and (match := OPTION.match(cell, at)):
        found.append(re.sub(r"\\(.)", r"\1", match[1], flags=re.DOTALL))
        at, is_more = match.end(), match[2] is not None
    return found


def _on_the_wall(moment: datetime, time_zone: ZoneInfo) -> datetime:
    """Return what the clock shows; a time that names no zone is shown there already."""
    local = moment.astimezone(time_zone) if moment.tzinfo else moment
    return local.replace(tzinfo=None, microsecond=0)
