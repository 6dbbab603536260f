"""A stored answer as the type its question had when it was answered.

JSON keeps numbers and dates as texts. Only a text that is the whole of such a value becomes
one, so that every program writes it back as it was; anything else stays the text it is.
"""

import re
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal

NUMBER = re.compile(r"-?\d+(\.\d+)?", re.ASCII)
# Answers of early days name an offset too; what the visitor typed is the time on the wall.
DATE_AND_TIME = re.compile(r"(\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?)(?:Z|[+-]\d\d:\d\d)?", re.ASCII)
SEVERAL = frozenset({"checkboxes", "multiselect"})


def typed(answer: object, field_type: str) -> object:
    """Return an answer as its question's type, or as it is stored where it is none of that."""
    read = READERS.get(field_type)
    if not isinstance(answer, str) or read is None:
        return answer
    try:
        return read(answer)
    except ValueError:
        return answer


def _number(text: str) -> Decimal:
    if not NUMBER.fullmatch(text) or f"{Decimal(text):f}" != text:
        raise ValueError
    return Decimal(text)


def _day(text: str) -> date:
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError
    return day


def _date_and_time(text: str) -> datetime:
    found = DATE_AND_TIME.fullmatch(text)
    if found is None:
        raise ValueError
    return datetime.fromisoformat(found[1])


# As a text, a value of these types is what is stored.
READ_AS_STORED = frozenset({"number", "date"})
READERS: dict[str, Callable[[str], object]] = {
    "number": _number,
    "date": _day,
    "datetime": _date_and_time,
}
