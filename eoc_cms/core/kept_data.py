"""What is kept of people, why and for how long, for the privacy page's table.

Each app says what it keeps, from the very settings that its nightly jobs go by, so
that the page is always true.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


@dataclass(frozen=True, kw_only=True)
class Kept:
    what: str
    why: str
    how_long: str


Provider = Callable[[], Iterable[Kept]]

_providers: dict[Provider, int] = {}


def register(provider: Provider, *, place: int) -> None:
    """Add what an app keeps to the table; lower places stand higher in it."""
    _providers[provider] = place


def all_kept() -> list[Kept]:
    in_order = sorted(_providers, key=lambda provider: _providers[provider])
    return [kept for provider in in_order for kept in provider()]


def days(count: int) -> str:
    return ngettext("%(count)d day", "%(count)d days", count) % {"count": count}


def months(count: int) -> str:
    return ngettext("%(count)d month", "%(count)d months", count) % {"count": count}


def kept_by_the_site() -> list[Kept]:
    """Return what no single app keeps."""
    return [
        Kept(
            what=_("How often an address or a network asked for a mail today"),
            why=_("So that nobody can flood a mailbox. Only as a keyed hash, never in the clear."),
            how_long=days(1),
        ),
        Kept(
            what=_("Sign-ins of staff"),
            why=_("So that staff stay signed in."),
            how_long=_("Until they sign out, at most %(time)s.")
            % {"time": days(settings.SESSION_COOKIE_AGE // 86_400)},
        ),
    ]
