"""The stranger of the lock check asks plainly, and says in a sentence why it got no answer."""

import http.client
import http.server
import ssl
import threading
from collections.abc import Iterator
from typing import Any

import pytest

from resources.lock_check import SiteStranger, SiteUnreachableError, stranger


class Answering(http.server.BaseHTTPRequestHandler):
    """Sends everybody to another page, and tells what it was asked."""

    def do_GET(self) -> None:
        if self.path == "/slow/":
            self.server.is_over.wait(5)  # type: ignore[attr-defined]
            return
        body = str(self.headers).encode()
        self.send_response(302)
        self.send_header("Location", "/elsewhere/")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        pass


@pytest.fixture
def server() -> Iterator[str]:
    """Give the address of a small site on this machine."""
    site = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    site.is_over = threading.Event()  # type: ignore[attr-defined]
    thread = threading.Thread(target=site.serve_forever, kwargs={"poll_interval": 0.05})
    thread.start()
    yield f"http://127.0.0.1:{site.server_address[1]}"
    site.is_over.set()  # type: ignore[attr-defined]
    site.shutdown()
    site.server_close()
    thread.join()


def test_stranger_sends_no_cookie_and_follows_no_redirect(server: str) -> None:
    answer = SiteStranger(server).ask("GET", "/page/", {"Range": "bytes=0-9"})
    assert answer.status == 302
    assert answer.headers["location"] == "/elsewhere/"
    assert b"Range: bytes=0-9" in answer.body
    assert b"Cookie" not in answer.body


def test_site_that_does_not_answer_in_time_is_said(
    server: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stranger, "SECONDS", 0.2)
    with pytest.raises(SiteUnreachableError, match="did not answer within"):
        SiteStranger(server).ask("GET", "/slow/")


def test_site_that_is_not_there_is_said() -> None:
    with pytest.raises(SiteUnreachableError, match="cannot be reached"):
        SiteStranger("http://127.0.0.1:9").ask("GET", "/")


def test_certificate_that_is_not_trusted_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: Any, **kwargs: Any) -> None:
        raise ssl.SSLCertVerificationError("self-signed certificate")

    monkeypatch.setattr(http.client.HTTPSConnection, "connect", refuse)
    with pytest.raises(SiteUnreachableError, match="self-signed"):
        SiteStranger("https://127.0.0.1").ask("GET", "/")
