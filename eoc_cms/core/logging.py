"""Logs without people in them.

An address may carry an access token and a query may carry what somebody typed,
so neither is written. Tracebacks are kept; the local values are not.
"""

import logging
import re

TOKEN_PATHS = re.compile(r"(/(?:access|code)/)[^/\s\"'?]+")
QUERY = re.compile(r"\?[^\s\"']*")


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
