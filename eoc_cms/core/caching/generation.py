"""The generation of all kept pages: another one as soon as something that pages show changes.

On one machine it is the time stamp of a file, which is asked in microseconds; on several it
is a key of the cache they share. Nothing brings an old one back: where it is missing, a new
one is made, and where it cannot be told, nothing is kept.
"""

import logging
import os
import time
from contextvars import ContextVar
from pathlib import Path

from django.conf import settings
from django.core.cache import cache
from django.db import connection

logger = logging.getLogger(__name__)

KEY = "page-generation"

# Whether what is under way here has itself started a new one.
has_changed: ContextVar[bool] = ContextVar("has_changed", default=False)


def current() -> str:
    """Return what stands for the present generation; an empty text where none can be told."""
    file: Path | None = settings.GENERATION_FILE
    return _of_file(file) if file else _of_cache()


def start_new_generation() -> None:
    """Make every kept page unreachable, because something on pages has changed."""
    has_changed.set(True)
    file: Path | None = settings.GENERATION_FILE
    if file is None:
        cache.set(KEY, time.time_ns(), None)
        return
    try:
        _touch(file)
    except OSError:
        logger.exception("Kept pages could not be given up, so they are shown to their end.")


def is_about_to_change() -> bool:
    """Say whether the transaction that is open has changed what pages show."""
    return any(start_new_generation in waiting for waiting in connection.run_on_commit)


def _of_file(file: Path) -> str:
    try:
        return str(file.stat().st_mtime_ns)
    except FileNotFoundError:
        start_new_generation()
    except OSError:
        return ""
    return str(file.stat().st_mtime_ns) if file.exists() else ""


def _touch(file: Path) -> None:
    file.touch()
    # Never the same twice, however coarse the system's clock of files is.
    moment = max(time.time_ns(), file.stat().st_mtime_ns + 1)
    os.utime(file, ns=(moment, moment))


def _of_cache() -> str:
    known = cache.get(KEY)
    if known is None:
        cache.add(KEY, time.time_ns(), None)
        known = cache.get(KEY, "")
    return str(known)
