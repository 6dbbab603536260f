"""Whether the process is up, and whether it can do its work."""

import uuid
from collections.abc import Callable

from django.core.cache import cache
from django.core.files.storage import storages
from django.db import connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from eoc_cms.core.background import jobs


def healthz(request: HttpRequest) -> HttpResponse:
    """Answer 200 as long as the process can answer at all."""
    return HttpResponse("ok", content_type="text/plain")


def readyz(request: HttpRequest) -> JsonResponse:
    """Answer 200 when every part works and 503, naming the parts, when one does not."""
    checks = {
        "database": _database,
        "cache": _cache,
        "storage": _storage,
        "worker": jobs.is_worker_alive,
    }
    results = {name: _works(check) for name, check in checks.items()}
    return JsonResponse(
        {name: "ok" if works else "failing" for name, works in results.items()},
        status=200 if all(results.values()) else 503,
    )


def _works(check: Callable[[], bool]) -> bool:
    try:
        return check()
    except Exception:
        # A health check reports what is broken; it never breaks itself.
        return False


def _database() -> bool:
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        return cursor.fetchone() == (1,)


def _cache() -> bool:
    key = f"readyz-{uuid.uuid4().hex}"
    cache.set(key, "ok", 10)
    is_kept: bool = cache.get(key) == "ok"
    cache.delete(key)
    return is_kept


def _storage() -> bool:
    for name in ("private", "default"):
        # Only storages of ours know how to try themselves.
        probe = getattr(storages[name], "probe", None)
        if probe:
            probe()
    return True
