"""Count how often something is asked for, without keeping who asked.

The cache holds a number under a keyed hash that is another one every day, so
neither an address nor a client can be read from it or followed. A cache that
is away counts nothing: the site then answers as if nobody had asked before.
"""

import hashlib
import hmac
import ipaddress

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils import timezone

DAY_SECONDS = 24 * 60 * 60
# One household or school has this many addresses in IPv6 (RFC 6177).
IPV6_PREFIX = 64


def is_within_limit(*, what: str, who: str, most: int) -> bool:
    """Count one more asking, and say whether today's are no more than `most`."""
    key = _key(what, who)
    count = cache.get(key, 0) + 1
    cache.set(key, count, DAY_SECONDS)
    return count <= most


def is_at_limit(*, what: str, who: str, most: int) -> bool:
    """Say whether one more asking today would be too many, without counting it."""
    return cache.get(_key(what, who), 0) >= most


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


def _key(what: str, who: str) -> str:
    return f"asked-{hash_of_today(f'{what}:{who}')}"


def hash_of_today(text: str) -> str:
    """Return a keyed hash by which nobody is known again tomorrow."""
    today = f"{timezone.now():%Y-%m-%d}"
    return hmac.digest(
        settings.SECRET_KEY.encode(), f"{today}:{text}".encode(), hashlib.sha256
    ).hex()
