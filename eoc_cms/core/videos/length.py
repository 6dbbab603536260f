"""The length of a video, as an editor writes it and as a visitor reads it."""

import re

from django.utils.translation import gettext as _

CLOCK = re.compile(r"(?:(\d{1,2}):)?(\d{1,3}):([0-5]\d)")
WORDS = re.compile(
    r"(?:(\d{1,2})\s*(?:h|hours?))?\s*(?:(\d{1,3})\s*(?:m|min|minutes?))?"
    r"\s*(?:(\d{1,5})\s*(?:s|sec|seconds?))?",
    re.IGNORECASE,
)


def parse_length(text: str) -> int | None:
    """Return the seconds in a length such as `4:30`, `1:02:03` or `4 min`; None if unreadable."""
    text = text.strip().rstrip(".")
    match = CLOCK.fullmatch(text) or WORDS.fullmatch(text)
    if not match:
        return None
    hours, minutes, seconds = (int(part or 0) for part in match.groups())
    return hours * 3600 + minutes * 60 + seconds or None


def length_label(seconds: float | None) -> str:
    """Return a length such as “4 min” or “9 sec”, or an empty text."""
    if not seconds or seconds < 0:
        return ""
    if seconds < 60:
        return _("%(count)d sec") % {"count": max(1, round(seconds))}
    return _("%(count)d min") % {"count": round(seconds / 60)}


def iso_duration(seconds: int) -> str:
    """Return the length as ISO 8601 writes it, which schema.org asks for."""
    hours, rest = divmod(seconds, 3600)
    minutes, left = divmod(rest, 60)
    return f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}{left}S"
