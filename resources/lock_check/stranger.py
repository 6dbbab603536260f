"""Ask the running site for something as somebody it does not know: no cookie, no session."""

import http.client
import ssl
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Protocol
from urllib.parse import urlsplit

from django.conf import settings
from django.utils.translation import gettext as _

# A page whose pictures are cut to size for the first time takes its while.
SECONDS = 20
MOST_SECONDS = 300  # for all that one stranger asks
MAX_BODY = 5_000_000  # bytes; enough for any page, and to know a file by its beginning
# Named so that no download is counted; see ROBOT in resources/downloads.py.
USER_AGENT = "EOC lock check"


class SiteUnreachableError(Exception):
    """The site gave no answer at all; the message is one plain sentence."""


@dataclass(frozen=True)
class Answer:
    status: int
    # The names in lower case.
    headers: Mapping[str, str] = field(default_factory=dict)
    body: bytes = b""


class Stranger(Protocol):
    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        """Send one request and return its answer as it is: redirects are not followed.

        Raises SiteUnreachableError.
        """


class SiteStranger:
    """Asks over the network, at the site's own public address, for a limited time."""

    def __init__(self, address: str = "") -> None:
        self.address = address or settings.WAGTAILADMIN_BASE_URL
        self.ends_at = time.monotonic() + MOST_SECONDS

    def ask(self, method: str, path: str, headers: Mapping[str, str] | None = None) -> Answer:
        if time.monotonic() > self.ends_at:
            raise SiteUnreachableError(self._too_slow())
        connection = self._connection()
        try:
            connection.request(method, path, headers={"User-Agent": USER_AGENT, **(headers or {})})
            response = connection.getresponse()
            return Answer(response.status, _named(response), response.read(MAX_BODY))
        except (OSError, http.client.HTTPException) as error:
            raise SiteUnreachableError(self._sentence(error)) from error
        finally:
            connection.close()

    def _connection(self) -> http.client.HTTPConnection:
        # Not urllib: it would ask a proxy that the environment names, and follow redirects.
        parts = urlsplit(self.address)
        kind = (
            http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
        )
        return kind(parts.hostname or "", parts.port, timeout=SECONDS)

    def _too_slow(self) -> str:
        return _(
            "The site at %(address)s answered so slowly that not every way could be tried within "
            "%(minutes)s minutes. Try again in a while."
        ) % {"address": self.address, "minutes": MOST_SECONDS // 60}

    def _sentence(self, error: Exception) -> str:
        names = {"address": self.address, "seconds": SECONDS}
        if isinstance(error, ssl.SSLCertVerificationError):
            text = _(
                "The certificate of %(address)s is not one that this server trusts, perhaps "
                "because it is self-signed, so nothing was checked."
            )
        elif isinstance(error, TimeoutError):
            text = _(
                "The site at %(address)s did not answer within %(seconds)s seconds, "
                "so nothing was checked. Try again in a while."
            )
        else:
            text = _(
                "The site cannot be reached at %(address)s from its own server, so nothing was "
                "checked. Ask the person who runs it to look at the address in SITE_URL."
            )
        return text % names


def _named(response: http.client.HTTPResponse) -> dict[str, str]:
    """Return the headers; those that come several times, such as cookies, together."""
    names = {name.lower() for name in response.headers}
    return {name: "; ".join(response.headers.get_all(name, [])) for name in names}
