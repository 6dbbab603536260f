"""Processes that a run starts: what they may know of this one, and how all end tidily."""

import os
import re
import signal
import subprocess
from pathlib import Path
from types import FrameType

PROJECT_DIR = Path(__file__).resolve().parent.parent

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run_to_its_end(command: list[str], environment: dict[str, str]) -> int:
    """Run a command; when this run is ended early, let the command end tidily first."""
    process = subprocess.Popen(command, cwd=PROJECT_DIR, env=environment, start_new_session=True)
    try:
        return process.wait()
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGINT)
            try:
                process.wait(timeout=30)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)


def clean_environment() -> dict[str, str]:
    """Give the environment without the site's own variables: the suite sets its own."""
    example = (PROJECT_DIR / ".env.example").read_text(encoding="utf-8")
    ours = re.findall(r"^(?:# )?([A-Z_]+)=", example, flags=re.MULTILINE)
    return {name: value for name, value in os.environ.items() if name not in ours}


def end(number: int, frame: FrameType | None) -> None:
    # Once is enough: ending tidily takes a moment, and must not itself be cut short.
    for each in ENDING_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)
