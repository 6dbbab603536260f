"""Child processes that live and end together: none is left when the last line is printed."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType, TracebackType
from typing import Self

STOP_SECONDS = 20
PR_SET_PDEATHSIG = 1  # linux/prctl.h
ENDING_SIGNALS = (signal.SIGINT, signal.SIGQUIT, signal.SIGTERM, signal.SIGHUP)


class StopAsked(Exception):
    """Somebody asked for the end, with Ctrl-C or a signal."""


class ChildEndedError(Exception):
    """A child that should run on has ended; the message is one plain sentence."""


@dataclass(frozen=True)
class Child:
    name: str
    process: subprocess.Popen[bytes]

    def signal_group(self, number: signal.Signals) -> None:
        """Signal the child and all that it started itself."""
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(self.process.pid, number)


class Processes:
    """Start Python programs in a `with` block; its end ends them all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._children: list[Child] = []
        self._is_stop_asked = False
        self._parent = os.getppid()

    def __enter__(self) -> Self:
        for number in ENDING_SIGNALS:
            signal.signal(number, self._ask_to_stop)
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        for child in self._children:
            child.signal_group(signal.SIGTERM)
        deadline = time.monotonic() + STOP_SECONDS
        for child in self._children:
            with suppress(subprocess.TimeoutExpired):
                child.process.wait(timeout=max(0.1, deadline - time.monotonic()))
            child.signal_group(signal.SIGKILL)

    def start(self, name: str, command: list[str], environment: dict[str, str]) -> None:
        """Start a program that should run until the end."""
        self._children.append(self._open(name, command, environment))

    def run(self, name: str, command: list[str], environment: dict[str, str]) -> int:
        """Run a program to its end and give its exit status."""
        child = self._open(name, command, environment)
        self._children.append(child)
        while (status := child.process.poll()) is None:
            self._wait_a_moment()
        self._children.remove(child)
        return status

    def pause(self, seconds: float) -> None:
        """Wait; raise StopAsked or ChildEndedError when one of these happens meanwhile."""
        end = time.monotonic() + seconds
        while time.monotonic() < end:
            for child in self._children:
                if (status := child.process.poll()) is not None:
                    raise ChildEndedError(f"The {child.name} stopped (exit status {status}).")
            self._wait_a_moment()

    def _open(self, name: str, command: list[str], environment: dict[str, str]) -> Child:
        process = subprocess.Popen(
            [sys.executable, *command],
            cwd=self._folder,
            env=environment,
            stdin=subprocess.DEVNULL,
            # Ctrl-C must reach this process alone, which then ends the others in order.
            start_new_session=True,
            preexec_fn=_end_with_parent,
        )
        return Child(name, process)

    def _wait_a_moment(self) -> None:
        # make does not hand on every signal that ends it.
        has_lost_make = "MAKELEVEL" in os.environ and os.getppid() != self._parent
        if self._is_stop_asked or has_lost_make:
            raise StopAsked
        time.sleep(0.1)

    def _ask_to_stop(self, number: int, frame: FrameType | None) -> None:
        # Only noted here: an exception could fall between a start and its record.
        self._is_stop_asked = True


def _end_with_parent() -> None:
    """Have Linux end this child when its parent is killed outright and cannot do it."""
    with suppress(AttributeError, OSError):
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)
