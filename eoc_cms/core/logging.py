"""Logs without people in them.

An address may carry an access token and a query may carry what somebody typed,
so neither is written. Tracebacks are kept; the local values are not, nor what an
error repeats of them: PostgreSQL says “Key (email)=(…) already exists”, Python quotes
what it could not read.
"""

import logging
import re
import traceback
from types import TracebackType

from django.db import Error as DatabaseError

# What `sys.exc_info` returns.
Raised = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]

TOKEN_PATHS = re.compile(r"(/(?:access|code|your-data(?:/consents)?)/)[^/\s\"'?]+")
QUERY = re.compile(r"\?[^\s\"']*")

MOST_ERRORS = 10
QUOTED = re.compile(r"""(['"“]).*(['"”])""", re.DOTALL)
ADDRESS = re.compile(r"\S+@\S+")


class PrivateFormatter(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        # What another handler's formatter has left for everybody is not used.
        record.exc_text = None
        try:
            return super().format(record)
        finally:
            record.exc_text = None

    def formatException(self, ei: Raised) -> str:
        """Return the way an error took, with those that led to it first."""
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None and len(told) < MOST_ERRORS:
            way = "".join(traceback.format_tb(error.__traceback__))
            told.append(f"{way}{type(error).__name__}: {harmless(error)}")
            error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        return "\n\nwhich led to\n\n".join(reversed(told))


def harmless(error: BaseException) -> str:
    """Return an error's words without anything that may be somebody's."""
    if isinstance(error, DatabaseError) or type(error).__module__.startswith(("psycopg", "sqlite")):
        return "…"
    return ADDRESS.sub("…", QUOTED.sub(r"\1…\2", str(error)))


class PrivateFilter(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        message = record.getMessage()
        if "/" in message:
            record.msg = QUERY.sub("?…", TOKEN_PATHS.sub(r"\1…", message))
            record.args = None
        return True


class HealthFilter(logging.Filter):
    """Leave out failed health checks: who asks is told, and asks every few seconds."""

    def filter(self, record: logging.LogRecord) -> bool:
        return getattr(getattr(record, "request", None), "path", "") != "/readyz"


class OptionsFilter(logging.Filter):
    """Leave out refused OPTIONS, with which scanners look around: who asks is told."""

    def filter(self, record: logging.LogRecord) -> bool:
        asked = getattr(getattr(record, "request", None), "method", "")
        return (asked, getattr(record, "status_code", 0)) != ("OPTIONS", 405)
