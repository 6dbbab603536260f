"""Ask a running server as many clients at once do, and read from /proc what it cost."""

import http.client
import os
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, kw_only=True)
class Ask:
    """One request."""

    path: str
    method: str = "GET"
    body: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class Side:
    """Who is asked: a port, the masters of the processes behind it, and what is asked for."""

    port: int
    masters: tuple[int, ...]
    make: Callable[[], Ask]
    is_right: Callable[[http.client.HTTPResponse], bool] = lambda response: response.status == 200


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one run took: CPU of the servers for each request, and how many a second came back."""

    cpu_ms: float
    per_second: float


class WrongAnswerError(Exception):
    """An answer was not what is measured; the message says which."""


def run(side: Side, *, requests: int, clients: int) -> Taken:
    each = max(requests // clients, 1)
    cpu, began = _cpu_seconds(side.masters), time.perf_counter()
    drive(side, each=each, clients=clients)
    seconds, spent = time.perf_counter() - began, _cpu_seconds(side.masters) - cpu
    asked = each * clients
    return Taken(cpu_ms=spent / asked * 1_000, per_second=asked / seconds)


def drive(side: Side, *, each: int, clients: int) -> None:
    """Raise WrongAnswerError unless all answers are right."""
    wrong: list[str] = []
    threads = [
        threading.Thread(target=_be_client, args=(side, each, wrong)) for _client in range(clients)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    if wrong:
        raise WrongAnswerError(f"{len(wrong)} clients got a wrong answer: {wrong[0]}")


def _be_client(side: Side, each: int, wrong: list[str]) -> None:
    connection = http.client.HTTPConnection("127.0.0.1", side.port, timeout=120)
    try:
        for _request in range(each):
            ask = side.make()
            response = _send(connection, ask)
            if not side.is_right(response):
                wrong.append(f"{ask.method} {ask.path}: {response.status} {response.getheaders()}")
                return
    except OSError as error:
        wrong.append(repr(error))
    finally:
        connection.close()


def _send(connection: http.client.HTTPConnection, ask: Ask) -> http.client.HTTPResponse:
    try:
        connection.request(ask.method, ask.path, ask.body, dict(ask.headers))
        response = connection.getresponse()
    except (http.client.RemoteDisconnected, ConnectionError):
        # Servers end a connection that was idle, and workers are replaced now and then.
        connection.close()
        connection.request(ask.method, ask.path, ask.body, dict(ask.headers))
        response = connection.getresponse()
    while response.read(1024 * 1024):
        pass
    return response


def fetch(port: int, ask: Ask) -> tuple[http.client.HTTPResponse, bytes]:
    """Return one answer and its body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=120)
    try:
        connection.request(ask.method, ask.path, ask.body, dict(ask.headers))
        response = connection.getresponse()
        return response, response.read()
    finally:
        connection.close()


def _cpu_seconds(masters: tuple[int, ...]) -> float:
    """Return the CPU that masters and their children took so far, ended children included."""
    return sum(_ticks(master) for master in masters) / TICKS


def _ticks(master: int) -> int:
    own, of_ended = _times(master)
    return own + of_ended + sum(_times(child)[0] for child in _children(master))


def _children(master: int) -> Iterator[int]:
    for folder in Path("/proc").iterdir():
        if folder.name.isdigit() and _stat(int(folder.name))[1:2] == [str(master)]:
            yield int(folder.name)


def _times(process: int) -> tuple[int, int]:
    stat = [int(value) for value in _stat(process)[11:15]]
    return sum(stat[:2]), sum(stat[2:])


def _stat(process: int) -> list[str]:
    """Return the fields after the name, from the state on (proc_pid_stat(5))."""
    try:
        return Path(f"/proc/{process}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
