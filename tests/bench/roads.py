"""The lines that are measured over HTTP: pages, answers and files beside what costs least."""

import json
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from tests.bench.comparing import Effort, beside
from tests.bench.load import Ask, Side, fetch
from tests.bench.nginx import FOUND, nginx
from tests.bench.ours import GUIDE, OPEN_PAGE, Making, Ours, our_site
from tests.bench.servers import AS_OURS, Server, gunicorn
from tests.bench.stock import StockSite, opens_page, sends_form
from tests.bench.table import Row
from tests.processes import PROJECT_DIR

FORMS = {"plain": {}, "gzip": {"Accept-Encoding": "gzip"}}
MEGABYTE = 1_000_000
FILE_CLIENTS = 4


@dataclass(frozen=True, kw_only=True)
class Roads:
    """Our site, and how long it is measured."""

    ours: Ours
    database: dict[str, Any]
    folder: Path
    effort: Effort

    def kept_pages(self) -> Iterator[Row]:
        for form, headers in FORMS.items():
            body = self._copy(form, headers)
            bare = {"BODY": str(body), "GZIP": "1" if headers else ""}
            with self._bare(**bare) as server:
                for clients in (1, 8, 64):
                    yield self._beside(
                        f"kept page, {form}, {clients} at once: a bare view",
                        self.ours.opens(OPEN_PAGE, **headers),
                        _opens(server, "/"),
                        clients=clients,
                        goal=1.0,
                    )

    def behind_nginx(self) -> Iterator[Row]:
        if FOUND is None:
            yield Row(what="behind nginx: not measured, as nginx is not installed here")
            return
        files = self.folder / "files"
        for form, headers in FORMS.items():
            self._copy(form, headers)
        with self._nginx(files) as front:
            for form, headers in FORMS.items():
                yield self._beside(
                    f"kept page behind nginx, {form}, 8 at once: nginx, a file",
                    self._through(front, OPEN_PAGE, **headers),
                    _opens(front, f"/plain-files/{form}/page.html"),
                    clients=8,
                    goal=0.9,
                    requests=self.effort.tiny,
                )
            yield from self._file_behind_nginx(front, files)

    def locked_file(self) -> Iterator[Row]:
        """Measure what asking for the right costs: nginx delivers the bytes."""
        body = self._copy("plain", {})
        with self._bare(BODY=str(body), DATABASE=json.dumps(self.database)) as server:
            path, cookie = self._file()
            yield self._beside(
                "locked file, the check, 8 at once: a bare view, one query",
                self.ours.opens(path, Cookie=cookie),
                _opens(server, "/"),
                clients=8,
                goal=0.25,
                requests=self.effort.dear,
            )

    def _file_behind_nginx(self, front: Server, files: Path) -> Iterator[Row]:
        path, cookie = self._file()
        response, _body = fetch(self.ours.server.port, Ask(path=path, headers={"Cookie": cookie}))
        inside = response.getheader("X-Accel-Redirect")
        assert inside, response.getheaders()
        # Of a long file, what counts is how fast it comes.
        for megabytes, goal, unit in ((5, 0.0, "CPU"), (100, 0.95, "a second")):
            for place in (self.ours.folder / inside.lstrip("/"), files / "file.pdf"):
                with place.open("wb") as file:
                    file.write(os.urandom(megabytes * MEGABYTE))
            yield self._beside(
                f"locked file of {megabytes} MB, {unit}, {FILE_CLIENTS} at once: nginx, a file",
                self._through(front, path, Cookie=cookie),
                _opens(front, "/plain-files/file.pdf"),
                clients=FILE_CLIENTS,
                goal=goal,
                requests=max(self.effort.dear * 5 // megabytes, 2 * FILE_CLIENTS),
                is_by_rate=unit == "a second",
            )

    def _file(self) -> tuple[str, str]:
        """Return the address of a locked file and the cookie that opens it."""
        cookie = self.ours.access_cookie()
        _response, page = fetch(self.ours.server.port, Ask(path=GUIDE, headers={"Cookie": cookie}))
        path = page.decode().partition('href="/download/')[2].partition('"')[0]
        assert path
        return f"/download/{path}", cookie

    def _copy(self, form: str, headers: dict[str, str]) -> Path:
        """Keep the bytes of a page as a file, for those who only send them."""
        place = self.folder / "files" / form / "page.html"
        place.parent.mkdir(parents=True, exist_ok=True)
        ask = Ask(path=OPEN_PAGE, headers=headers)
        place.write_bytes(fetch(self.ours.server.port, ask)[1])
        return place

    @contextmanager
    def _bare(self, **environment: str) -> Iterator[Server]:
        with gunicorn(
            *(*AS_OURS, "tests.bench.bare:application"),
            folder=PROJECT_DIR,
            environment={**os.environ, **environment},
            log=self.folder / "bare.log",
        ) as server:
            yield server

    @contextmanager
    def _nginx(self, files: Path) -> Iterator[Server]:
        with nginx(
            self.folder / "nginx",
            site_port=self.ours.server.port,
            data=self.ours.folder,
            files=files,
        ) as front:
            yield front

    def _through(self, front: Server, path: str, **headers: str) -> Side:
        ask = Ask(path=path, headers=headers)
        masters = (front.master, self.ours.server.master)
        return Side(port=front.port, masters=masters, make=lambda: ask)

    def _beside(
        self,
        what: str,
        ours: Side,
        peer: Side,
        *,
        clients: int,
        goal: float,
        requests: int = 0,
        is_by_rate: bool = False,
    ) -> Row:
        return beside(
            what,
            ours,
            peer,
            clients=clients,
            requests=requests or self.effort.cheap,
            rounds=self.effort.rounds,
            goal=goal,
            is_by_rate=is_by_rate,
        )


def _opens(server: Server, path: str) -> Side:
    ask = Ask(path=path)
    return Side(port=server.port, masters=(server.master,), make=lambda: ask)


def rows_on_sqlite(folder: Path, effort: Effort) -> Iterator[Row]:
    making = our_site(folder / "ours")
    database = {**making.database, "NAME": str(folder / "stock.sqlite3")}
    with _both(folder, making, database) as (ours, peer):
        roads = Roads(ours=ours, database=making.database, folder=folder, effort=effort)
        yield from roads.kept_pages()
        yield from roads.behind_nginx()
        yield from roads.locked_file()
        yield from _pages_and_answers("SQLite", ours, peer, effort)


def rows_on_postgres(folder: Path, effort: Effort, url: str) -> Iterator[Row]:
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute("CREATE DATABASE stock")
    making = our_site(folder / "ours", url)
    database = {**making.database, "NAME": "stock"}
    with _both(folder, making, database) as (ours, peer):
        yield from _pages_and_answers("PostgreSQL", ours, peer, effort)


@contextmanager
def _both(folder: Path, making: Making, database: dict[str, Any]) -> Iterator[tuple[Ours, Server]]:
    """Make our site and a stock one, which takes long and disturbs no measurement, and run both."""
    peer = StockSite(folder=folder / "stock", database=database)
    with ThreadPoolExecutor() as threads:
        list(threads.map(lambda site: site.prepare(), (making, peer)))
    with making.running() as ours, peer.running() as server:
        yield ours, server


def _pages_and_answers(name: str, ours: Ours, peer: Server, effort: Effort) -> Iterator[Row]:
    cookie = ours.access_cookie()
    for clients in (1, 8):
        yield beside(
            f"page with access, {name}, {clients} at once: a stock page",
            ours.opens(GUIDE, Cookie=cookie),
            opens_page(peer),
            clients=clients,
            requests=effort.dear,
            rounds=effort.rounds,
            goal=1.5,
        )
    for clients in (1, 8, 16):
        yield beside(
            f"POST of the form, {name}, {clients} at once: stock's form",
            ours.sends_form(),
            sends_form(peer),
            clients=clients,
            requests=effort.dear,
            rounds=effort.rounds,
            goal=1.5,
        )
