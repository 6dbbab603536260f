"""The site as a server runs it, asked without one: what stands before Django included."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections

from eoc_cms.core.caching.front import PagesInMemory

Answer = tuple[str, dict[str, str], bytes]


class Server:
    """The site as a server runs it, and how often Django was asked."""

    def __init__(self) -> None:
        self.asked = 0
        self.django = get_wsgi_application()
        self.application = PagesInMemory(self._counting)

    def _counting(self, environ: Any, start_response: Any) -> Any:
        self.asked += 1
        return self.django(environ, start_response)

    def __call__(self, path: str, **environ: str) -> Answer:
        return self.send(path, b"", environ)

    def send(self, path: str, body: bytes, environ: Mapping[str, str]) -> Answer:
        told: list[Any] = []
        asked = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": "",
            "SERVER_NAME": "testserver",
            "SERVER_PORT": "80",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_HOST": "testserver",
            "CONTENT_LENGTH": str(len(body)),
            "wsgi.url_scheme": "http",
            "wsgi.input": io.BytesIO(body),
            "wsgi.errors": io.StringIO(),
            **environ,
        }
        with connection_left_open():
            parts = self.application(asked, lambda *given: told.extend(given))  # type: ignore[arg-type]
            content = b"".join(parts)
            if hasattr(parts, "close"):
                parts.close()
        return told[0], dict(told[1]), content


@contextmanager
def connection_left_open() -> Iterator[None]:
    """Do as Django's own client does: the test goes on with this connection."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield
    for signal in signals:
        signal.connect(close_old_connections)
