"""`make demo` from outside: how it starts, what it says, and that nothing of it is left."""

import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlencode, urlsplit
from urllib.request import ProxyHandler, build_opener

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from tests.databases import RUN, PostgresCopies
from tests.processes import clean_environment

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
PASSWORD = "only-for-this-test"
START_SECONDS, STOP_SECONDS = 180, 30
GUIDE = "/resources/empowering-equity-officers/"
PAGES = [
    *("/", "/collective/", "/resources/", GUIDE, "/resources/roadmap-for-the-first-few-years/"),
    *("/resources/atlanta-convening/", "/contact/", "/search/", "/privacy/", "/accessibility/"),
    *("/admin/login/", "/healthz", "/readyz"),
]
# Without a proxy that the environment may name, and without a place for cookies.
OPENER = build_opener(ProxyHandler({}))


@dataclass(frozen=True, kw_only=True)
class Started:
    """A demo that was started, and what it has said so far."""

    process: subprocess.Popen[bytes]
    output: Path
    url: str

    @property
    def said(self) -> str:
        return self.output.read_text(encoding="utf-8")

    def wait_until(self, words: str) -> None:
        deadline = time.monotonic() + START_SECONDS
        while words not in self.said:
            assert self.process.poll() is None, self.said
            assert time.monotonic() < deadline, self.said
            time.sleep(0.1)

    def children(self) -> list[int]:
        """Return the processes that it has started, and that those have started."""
        listed = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True).stdout  # noqa: S607
        pairs = [tuple(map(int, line.split())) for line in listed.splitlines()]
        found = [self.process.pid]
        for parent in found:
            found += [pid for pid, its_parent in pairs if its_parent == parent]
        return found[1:]

    def end(self, ask: Callable[[], object]) -> int:
        """Ask for the end; return the exit status once nothing is left of it."""
        children = self.children()
        ask()
        status = self.process.wait(timeout=STOP_SECONDS)
        assert [pid for pid in children if is_alive(pid)] == []
        return status

    def interrupt(self) -> int:
        """Press Ctrl-C, which every process of the terminal's group is told of."""
        return self.end(lambda: os.killpg(self.process.pid, signal.SIGINT))


Start = Callable[..., Started]


def is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def database_url(db: None) -> Iterator[str]:
    """Give a PostgreSQL database without a site in the part of the suite that has a server.

    Its tables are there: they were made from nothing for the template of the copies.
    """
    if connection.vendor != "postgresql":
        yield ""
        return
    server, name = os.environ["DATABASE_URL"], f"demo_{os.getpid()}"
    copy = SQL("CREATE DATABASE {} TEMPLATE {}")
    template = PostgresCopies(os.environ[RUN]).template
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(copy.format(Identifier(name), Identifier(template)))
        try:
            parts = urlsplit(server)
            yield parts._replace(path=f"/{name}").geturl()
        finally:
            admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


@pytest.fixture
def start(tmp_path: Path) -> Iterator[Start]:
    """Start demos in one data folder, whose path has a space in it."""
    started: list[Started] = []

    def begin(**environment: str) -> Started:
        port, output = free_port(), tmp_path / f"output {len(started)}"
        # The demo ends with the make that started it, and make did not start this one.
        inherited = {k: v for k, v in clean_environment().items() if k != "MAKELEVEL"}
        wanted = {
            "DATA_DIR": str(tmp_path / "the data"),
            "PORT": str(port),
            "DEMO_PASSWORD": PASSWORD,
            **environment,
        }
        with output.open("wb") as file:
            process = subprocess.Popen(
                [sys.executable, "-m", "deploy.demo"],
                cwd=PROJECT_DIR,
                env={**inherited, **wanted},
                stdin=subprocess.DEVNULL,
                stdout=file,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        started.append(
            Started(process=process, output=output, url=f"http://127.0.0.1:{wanted['PORT']}")
        )
        return started[-1]

    yield begin
    for each in started:
        if each.process.poll() is None:
            each.interrupt()


def get(url: str, body: bytes | None = None) -> bytes:
    """Return what an address is answered with; raise HTTPError unless that is 200."""
    with OPENER.open(url, body) as opened:
        content: bytes = opened.read()
    return content


def get_guide_without_cookies(url: str) -> str:
    """Send the form as curl would; return the address of the file on the page it leads to."""
    answer = urlencode({"work_email": "ana@example.org", "role": "Other leader"}).encode()
    found = re.search(r'/download/[^"]+', get(f"{url}{GUIDE}", answer).decode())
    assert found
    address = found.group().replace("&amp;", "&")
    assert get(f"{url}{address}").startswith(b"%PDF-")
    return address


def status_of(url: str, body: bytes) -> int:
    """Return how a body is answered, sent to its end as browsers do."""
    parts = urlsplit(url)
    head = f"POST {parts.path} HTTP/1.1\r\nHost: {parts.netloc}\r\nContent-Length: {len(body)}\r\n"
    form = "Content-Type: application/x-www-form-urlencoded\r\n\r\n"
    with socket.create_connection(("127.0.0.1", parts.port or 80), timeout=30) as sender:
        sender.sendall((head + form).encode() + body)
        return int(sender.recv(12).split()[1])


def test_first_starts_at_once_serve_and_the_next_keeps_what_is_there(
    start: Start, database_url: str
) -> None:
    one, other = start(DATABASE_URL=database_url), start(DATABASE_URL=database_url)
    for demo in (one, other):
        demo.wait_until("Ctrl-C ends it")
        for path in PAGES:
            assert get(f"{demo.url}{path}"), path
        for words in (demo.url, PASSWORD, "admin", "publisher", "editor", "data-manager", ".eml"):
            assert words in demo.said
    address = get_guide_without_cookies(one.url)
    assert status_of(f"{one.url}{GUIDE}", b"name=" + b"x" * 12_000_000) == 400
    assert b"<h1" in get(f"{one.url}/search/?q={'a' * 8000}")
    assert one.interrupt() == 0
    assert "Stopped." in one.said
    assert other.end(other.process.terminate) == 0

    again = start(DATABASE_URL=database_url)
    again.wait_until("Ctrl-C ends it")
    assert get(f"{again.url}{address}").startswith(b"%PDF-")
    worker = next(pid for pid in again.children() if b"run_worker" in command_of(pid))
    assert again.end(lambda: os.kill(worker, signal.SIGKILL)) == 1
    assert "The background worker stopped (exit status -9)." in again.said


def command_of(pid: int) -> bytes:
    return subprocess.run(["ps", "-o", "args=", "-p", str(pid)], capture_output=True).stdout  # noqa: S607


def test_ctrl_c_ends_it_also_while_it_prepares(start: Start) -> None:
    demo = start()
    demo.wait_until("Step 1")
    assert demo.interrupt() == 0
    assert "Traceback" not in demo.said


# --- What goes wrong is said in one sentence ----------------------------------------


@pytest.mark.parametrize(
    ("environment", "sentence"),
    [
        ({"PORT": "http"}, "PORT must be a number from 1 to 65535; it is 'http'."),
        ({"PORT": "70000"}, "PORT must be a number from 1 to 65535; it is '70000'."),
        ({"HOST": "203.0.113.1"}, "HOST=203.0.113.1 is not an address of this machine"),
        ({"DATA_DIR": "/dev/null"}, "/dev/null cannot be written to"),
        ({"DATA_DIR": "/dev/null/var"}, "/dev/null/var cannot be written to (Not a directory)"),
        ({"DATABASE_URL": "mysql://u:s3cret@h/n"}, "DATABASE_URL must look like postgres://"),
        ({"DATABASE_URL": "postgres://u:s3cret@127.0.0.1:1/n"}, "The database cannot be used"),
    ],
    ids=["no port", "high port", "host", "file", "below a file", "database", "no database"],
)
def test_demo_that_cannot_run_says_why(
    start: Start, environment: dict[str, str], sentence: str
) -> None:
    demo = start(**environment)
    assert demo.process.wait(timeout=60) == 1
    assert sentence in demo.said
    assert "Traceback" not in demo.said
    assert "s3cret" not in demo.said


def test_taken_port_is_named_with_what_to_do(start: Start) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        demo = start(PORT=str(port))
        assert demo.process.wait(timeout=60) == 1
    assert f"Port {port} on 127.0.0.1 is taken: stop what uses it" in demo.said
    assert "make demo PORT=8001" in demo.said


@pytest.mark.parametrize("has_old_python", [False, True], ids=["no Python", "old Python"])
def test_missing_python_is_named_with_what_to_do(tmp_path: Path, has_old_python: bool) -> None:
    checkout, programs = tmp_path / "the checkout", tmp_path / "bin"
    for folder in (checkout / "requirements", programs):
        folder.mkdir(parents=True)
    shutil.copy(PROJECT_DIR / "Makefile", checkout)
    (checkout / "requirements" / "base.txt").touch()
    for name in ("sh", "test", "rm"):
        (programs / name).symlink_to(str(shutil.which(name)))
    if has_old_python:
        old = programs / "python3"
        old.write_text("#!/bin/sh\nexit 1\n")
        old.chmod(0o755)
    ended = subprocess.run(
        [str(shutil.which("make")), "demo"],
        cwd=checkout,
        env={"PATH": str(programs)},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ended.returncode != 0
    assert "Python 3.11 or newer was not found: install it" in ended.stderr.splitlines()[0]
    assert not (checkout / ".venv").exists()
