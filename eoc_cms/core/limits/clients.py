"""Who asks, as far as a limit needs to know it: a network, and a hash that lasts a day."""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.http import HttpRequest
from django.utils import timezone

# One household or school has this many addresses in IPv6 (RFC 6177).
IPV6_PREFIX = 64


def client_of(request: HttpRequest) -> str:
    """Return where a request comes from: its network address, cut to /64 in IPv6.

    Behind proxies of ours it is what the outermost of them saw; whatever stands
    before that in the header may have been made up.
    """
    address = request.META.get("REMOTE_ADDR", "")
    if settings.TRUSTED_PROXIES:
        seen = request.headers.get("X-Forwarded-For", "").split(",")
        address = seen[-settings.TRUSTED_PROXIES :][0].strip()
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return ""
    if isinstance(parsed, ipaddress.IPv6Address):
        return str(ipaddress.ip_network((parsed, IPV6_PREFIX), strict=False))
    return str(parsed)


def hash_of_today(text: str) -> str:
    """Return a keyed hash by which nobody is known again tomorrow."""
    today = f"{timezone.now():%Y-%m-%d}"
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"{today}:{text}".encode(), hashlib.sha256
    ).hex()
