"""One at a time, across processes."""

import fcntl
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.db import connection


@contextmanager
def one_at_a_time(name: str) -> Iterator[None]:
    """Hold a lock that other processes on the same data wait for.

    On PostgreSQL an advisory lock on a connection of its own; with SQLite, which
    serves one machine, a lock on a file in the data folder.
    """
    if connection.vendor == "postgresql":
        with _advisory_lock(name):
            yield
    else:
        with _file_lock(Path(settings.DATA_DIR) / f".{name}.lock"):
            yield


@contextmanager
def _advisory_lock(name: str) -> Iterator[None]:
    separate = connection.copy()
    try:
        with separate.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_lock(%s)", [zlib.crc32(name.encode())])
            yield
    finally:
        separate.close()


@contextmanager
def _file_lock(path: Path) -> Iterator[None]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield
