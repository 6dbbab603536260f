"""Servers that one run starts, each on a free port, and ends with itself."""

import http.client
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

START_SECONDS = 120
STOP_SECONDS = 30
# As deploy/gunicorn.conf.py has them, for the peers that do not read it.
AS_OURS = ("--worker-class=gthread", "--workers=2", "--threads=4", "--preload", "--keep-alive=5")


class NotStartedError(Exception):
    """A server or a preparation failed; the message holds what it said."""


@dataclass(frozen=True, kw_only=True)
class Server:
    """What is running."""

    port: int
    master: int


@contextmanager
def gunicorn(
    *options: str, folder: Path, environment: Mapping[str, str], log: Path, port: int | None = None
) -> Iterator[Server]:
    """Run gunicorn with these options from a folder for as long as the block lasts."""
    port = port or free_port()
    command = [sys.executable, "-m", "gunicorn", f"--bind=127.0.0.1:{port}", *options]
    with running(command, folder=folder, environment=environment, log=log, port=port) as server:
        yield server


@contextmanager
def running(
    command: list[str], *, folder: Path, environment: Mapping[str, str], log: Path, port: int
) -> Iterator[Server]:
    with log.open("wb") as file:
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=dict(environment),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_listening(process, port, log)
        yield Server(port=port, master=process.pid)
    finally:
        _end(process)


def do(*arguments: str, folder: Path, environment: Mapping[str, str], asked: str = "") -> str:
    """Run Python to its end and return what it printed; raise NotStartedError where it fails."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=dict(environment),
        input=asked,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        raise NotStartedError(f"{' '.join(arguments)}:\n{done.stdout}{done.stderr}")
    return done.stdout


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_listening(process: subprocess.Popen[bytes], port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not _answers(port):
        if process.poll() is not None or time.monotonic() > deadline:
            raise NotStartedError(log.read_text(encoding="utf-8", errors="replace"))
        time.sleep(0.1)


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    try:
        connection.request("HEAD", "/")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
