"""Leave nothing of erased rows in SQLite's files.

`secure_delete` overwrites what is deleted in the database itself (settings/base.py),
but what was written lately also stands in the write-ahead log until its next start.
PostgreSQL clears such rows by its own vacuum.
"""

from django.conf import settings
from django.db import connection

WAIT_MILLISECONDS = 2_000


def clear_log() -> bool:
    """Empty the write-ahead log; say whether no reader kept it from being emptied.

    The nightly job tries again. It does nothing inside a transaction.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return True
    usual = settings.DATABASES["default"]["OPTIONS"]["timeout"] * 1000
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA busy_timeout = {WAIT_MILLISECONDS}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
        finally:
            cursor.execute(f"PRAGMA busy_timeout = {usual}")
    return not is_busy
