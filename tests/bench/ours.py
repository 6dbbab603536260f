"""Our own site as production runs it, with the demo's content in a folder of its own."""

import http.client
import json
import random
import re
import secrets
import urllib.parse
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.bench.load import Ask, Side, fetch
from tests.bench.servers import Server, do, free_port, gunicorn
from tests.processes import PROJECT_DIR, clean_environment

OPEN_PAGE = "/collective/"
GUIDE = "/resources/empowering-equity-officers/"
FORM_TYPE = {"Content-Type": "application/x-www-form-urlencoded"}
DATABASE = (
    "import json; from django.conf import settings;"
    "known = settings.DATABASES['default'];"
    "print(json.dumps({name: known[name] for name in"
    " ('ENGINE', 'NAME', 'USER', 'PASSWORD', 'HOST', 'PORT', 'OPTIONS', 'CONN_MAX_AGE',"
    " 'CONN_HEALTH_CHECKS') if name in known}, default=str))"
)


@dataclass(frozen=True, kw_only=True)
class Ours:
    """The running site, and where it keeps its data."""

    server: Server
    folder: Path

    def opens(self, path: str, **headers: str) -> Side:
        """Ask for a page again and again, as one who has opened it before."""
        ask = Ask(path=path, headers=headers)
        return Side(port=self.server.port, masters=(self.server.master,), make=lambda: ask)

    def sends_form(self) -> Side:
        """Answer as ever other people, each from a network of their own."""
        hidden = _hidden_fields(self.server.port)
        return Side(
            port=self.server.port,
            masters=(self.server.master,),
            make=lambda: _answer(hidden),
            is_right=_is_opened,
        )

    def access_cookie(self) -> str:
        response, _body = fetch(self.server.port, _answer(_hidden_fields(self.server.port)))
        assert _is_opened(response), response.getheaders()
        return (response.getheader("Set-Cookie") or "").partition(";")[0]


@dataclass(frozen=True, kw_only=True)
class Making:
    """A site that is yet to be made and run."""

    folder: Path
    port: int
    environment: dict[str, str]

    @property
    def database(self) -> dict[str, Any]:
        """The settings of its database, which a peer needs for a fair comparison."""
        told: dict[str, Any] = json.loads(self._do("shell", "--no-imports", "-c", DATABASE))
        return told

    def prepare(self) -> None:
        self._do("prepare", "--demo")

    @contextmanager
    def running(self) -> Iterator[Ours]:
        """Run the site for as long as the block lasts.

        Mail waits in its queue: the worker that sends it is a process of its own, whose cost
        is no part of an answer.
        """
        with gunicorn(
            "--config=deploy/gunicorn.conf.py",
            folder=PROJECT_DIR,
            environment=self.environment,
            log=self.folder / "log",
            port=self.port,
        ) as server:
            yield Ours(server=server, folder=self.folder)

    def _do(self, *command: str) -> str:
        return do("manage.py", *command, folder=PROJECT_DIR, environment=self.environment)


def our_site(folder: Path, database_url: str = "") -> Making:
    folder.mkdir(parents=True)
    port = free_port()
    environment = {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "eoc_cms.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "127.0.0.1",
        "SITE_URL": f"http://127.0.0.1:{port}",
        "DATA_DIR": str(folder),
        "DATABASE_URL": database_url,
        "DEMO_PASSWORD": secrets.token_hex(8),
        "TRUSTED_PROXIES": "1",
        "SENDFILE": "nginx",
        "LOG_LEVEL": "WARNING",
    }
    return Making(folder=folder, port=port, environment=environment)


def _hidden_fields(port: int) -> dict[str, str]:
    page = fetch(port, Ask(path=GUIDE))[1].decode()
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', page))


def _answer(hidden: dict[str, str]) -> Ask:
    email = f"p{uuid.uuid4().hex}@example.org"
    fields = {**hidden, "work_email": email, "role": "Other leader", "agree": "on"}
    network = ".".join(str(random.randrange(1, 255)) for _part in range(4))  # noqa: S311
    return Ask(
        method="POST",
        path=GUIDE,
        body=urllib.parse.urlencode(fields),
        headers={**FORM_TYPE, "X-Forwarded-For": network},
    )


def _is_opened(response: http.client.HTTPResponse) -> bool:
    return response.status == 303 and "pass=" in (response.getheader("Location") or "")
