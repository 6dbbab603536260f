"""A stock Wagtail site, made by `wagtail start` in a folder of its own."""

import http.client
import json
import re
import urllib.parse
import uuid
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.load import Ask, Side, fetch
from tests.bench.servers import AS_OURS, Server, do, gunicorn
from tests.bench.stock_files import FILES, FILL
from tests.processes import clean_environment

PAGE = "/a/"
FORM = "/get/"
START = "from wagtail.bin.wagtail import main; main()"


@dataclass(frozen=True, kw_only=True)
class StockSite:
    """A site that is made in an empty database, and then run."""

    folder: Path
    database: Mapping[str, Any]

    def prepare(self) -> None:
        self._site.mkdir(parents=True)
        self._do("-c", START, "start", "stock", ".")
        for name, text in FILES.items():
            (self._site / name).write_text(text, encoding="utf-8")
        for command in (["makemigrations", "home"], ["migrate"], ["collectstatic", "--noinput"]):
            self._do("manage.py", *command, "--verbosity=0")
        self._do("manage.py", "shell", "--no-imports", asked=FILL)

    @contextmanager
    def running(self) -> Iterator[Server]:
        with gunicorn(
            *(*AS_OURS, "stock.wsgi:application"),
            folder=self._site,
            environment=self._environment,
            log=self.folder / "log",
        ) as server:
            yield server

    @property
    def _site(self) -> Path:
        return self.folder / "site"

    @property
    def _environment(self) -> dict[str, str]:
        named = {"DJANGO_SETTINGS_MODULE": "stock.settings.bench"}
        return {**clean_environment(), **named, "DATABASE": json.dumps(self.database)}

    def _do(self, *command: str, asked: str = "") -> None:
        do(*command, folder=self._site, environment=self._environment, asked=asked)


def opens_page(server: Server) -> Side:
    return Side(port=server.port, masters=(server.master,), make=lambda: Ask(path=PAGE))


def sends_form(server: Server) -> Side:
    """Answer as a browser that has opened the form once: with its cookie and its token."""
    response, page = fetch(server.port, Ask(path=FORM))
    token = re.search(rb'name="csrfmiddlewaretoken" value="([^"]+)"', page)
    cookie = (response.getheader("Set-Cookie") or "").partition(";")[0]
    assert token
    hidden = {"csrfmiddlewaretoken": token[1].decode()}
    headers = {"Content-Type": "application/x-www-form-urlencoded", "Cookie": cookie}

    def make() -> Ask:
        answer = {**hidden, **ANSWER, "work_e_mail": f"p{uuid.uuid4().hex}@example.org"}
        body = urllib.parse.urlencode(answer)
        return Ask(method="POST", path=FORM, body=body, headers=headers)

    return Side(port=server.port, masters=(server.master,), make=make, is_right=_is_thanked)


def _is_thanked(response: http.client.HTTPResponse) -> bool:
    return response.status == 200


ANSWER = {"role": "Other leader", "name": "Ana Ruiz", "organization": "", "state": ""}
