"""Run the whole suite: on SQLite, again on PostgreSQL, then in headless Chromium.

Arguments are handed to pytest. A part that this machine cannot run is named, with the
command that would make it run, and its tests count as skipped. The last line counts over
all parts, and the exit status is not 0 when a test failed or a part had none.
"""

import json
import os
import re
import signal
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from types import FrameType

from tests.chromium import find_chromium
from tests.postgres import PostgresError, running_server

PROJECT_DIR = Path(__file__).resolve().parent.parent

ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PYTEST_FOUND_NO_TESTS = 5
PARALLEL = ["-m", "not browser", "-n", "auto"]
BROWSER = ["-m", "browser", "-n", "0", "--screenshot", "only-on-failure"]


class Suite:
    """The parts run so far and what they counted."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self.arguments = arguments
        # All that the parts write goes where this run can remove it, even if they are killed.
        self.environment = {**clean_environment(), "TMPDIR": str(folder)}
        self.tally = folder / "tally.json"
        self.counts: Counter[str] = Counter()
        self.is_complete = True

    def run(self, title: str, options: list[str], **environment: str) -> None:
        """Run one part and add up its counts."""
        print(f"\n--- {title}", flush=True)
        status, counts = self._pytest(options, environment)
        if status == PYTEST_FOUND_NO_TESTS:
            # Arguments may well select no test of this part.
            self.is_complete &= bool(self.arguments)
        elif status != 0:
            # pytest may have ended before it could count anything.
            counts["failed"] = max(counts["failed"], 1)
        self.counts += counts

    def skip(self, title: str, options: list[str], reason: str) -> None:
        """Say why a part cannot be run, and count its tests as skipped."""
        print(f"\n--- {title}: not run. {reason}", flush=True)
        _, counts = self._pytest([*options, "--collect-only", "-qq"], {})
        self.counts["skipped"] += counts["collected"]

    def _pytest(self, options: list[str], environment: dict[str, str]) -> tuple[int, Counter[str]]:
        self.tally.unlink(missing_ok=True)
        status = run_to_its_end(
            [
                *(sys.executable, "-m", "pytest", "-p", "tests.tally", "--tally", str(self.tally)),
                *options,
                *self.arguments,
            ],
            {**self.environment, **environment},
        )
        has_counted = self.tally.exists()
        found = json.loads(self.tally.read_text(encoding="utf-8")) if has_counted else {}
        return status, Counter(found)

    @property
    def summary(self) -> str:
        return ", ".join(f"{self.counts[word]} {word}" for word in ("passed", "failed", "skipped"))

    @property
    def exit_status(self) -> int:
        has_run = self.counts["passed"] + self.counts["failed"] > 0
        return int(self.counts["failed"] > 0 or not self.is_complete or not has_run)


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


def run_on_postgres(suite: Suite, given_url: str) -> None:
    title = "PostgreSQL"
    try:
        with nullcontext(given_url) if given_url else running_server() as url:
            suite.run(title, PARALLEL, DATABASE_URL=url)
    except PostgresError as error:
        advice = "Start one (Debian: apt-get install postgresql) and set DATABASE_URL to it."
        suite.skip(title, PARALLEL, f"{error} {advice}")


def run_in_chromium(suite: Suite) -> None:
    title = "Chromium"
    if chromium := find_chromium():
        suite.run(title, BROWSER, CHROMIUM=chromium)
    else:
        reason = "No Chromium was found. On Debian: apt-get install chromium"
        suite.skip(title, BROWSER, reason)


def end(number: int, frame: FrameType | None) -> None:
    # Once is enough: ending tidily takes a moment, and must not itself be cut short.
    for each in ENDING_SIGNALS:
        signal.signal(each, signal.SIG_IGN)
    raise SystemExit(128 + number)


def main() -> int:
    for number in ENDING_SIGNALS:
        signal.signal(number, end)
    with tempfile.TemporaryDirectory(prefix="eoc-run-", ignore_cleanup_errors=True) as folder:
        suite = Suite(sys.argv[1:], Path(folder))
        suite.run("SQLite", PARALLEL)
        run_on_postgres(suite, os.environ.get("DATABASE_URL", ""))
        run_in_chromium(suite)
    if not suite.is_complete:
        print("\nA part of the suite has no test at all.")
    print(f"\n{suite.summary}", flush=True)
    return suite.exit_status


if __name__ == "__main__":
    sys.exit(main())
