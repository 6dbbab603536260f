"""What `make demo` runs, for those who look at the site from outside."""

import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.processes import clean_environment

PROJECT_DIR = Path(__file__).resolve().parent.parent
PASSWORD = "only-for-looking-at-the-demo"
START_SECONDS = 180
STOP_SECONDS = 30


class DemoNotStartedError(Exception):
    """The demo did not come up; the message holds all that it said."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The running site, and where it keeps its data."""

    url: str
    data_dir: Path
    password: str = PASSWORD

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"


@contextmanager
def running_demo(data_dir: Path) -> Iterator[Demo]:
    """Run the demo for as long as the block lasts; it must end tidily afterwards.

    Raises DemoNotStartedError, and TimeoutExpired when it would not end.
    """
    port = _free_port()
    output = data_dir / "output"
    with output.open("wb") as file:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.demo"],
            cwd=PROJECT_DIR,
            env=_environment(data_dir, port),
            stdout=file,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_announced(process, output)
        yield Demo(url=f"http://127.0.0.1:{port}", data_dir=data_dir)
    finally:
        _end(process)


def _environment(data_dir: Path, port: int) -> dict[str, str]:
    return {
        # The demo ends with the make that started it, and make did not start this one.
        **{name: value for name, value in clean_environment().items() if name != "MAKELEVEL"},
        **{"DATA_DIR": str(data_dir), "HOST": "127.0.0.1", "PORT": str(port)},
        "DEMO_PASSWORD": PASSWORD,
    }


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_announced(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "The site is running at" not in (said := output.read_text(encoding="utf-8")):
        if process.poll() is not None or time.monotonic() > deadline:
            raise DemoNotStartedError(f"The demo did not start:\n{said}")
        time.sleep(0.2)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.send_signal(signal.SIGINT)
    try:
        process.wait(timeout=STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        raise
