"""Run the whole suite: on SQLite, again on PostgreSQL, then in headless Chromium.

A test that touches no database is run once. Arguments are handed to pytest. A part that
this machine cannot run is named, with the command that would make it run, and its tests
count as skipped. At the end stand the slowest tests and, of a whole suite, how much of each
room was run. The last line counts over all parts, and the exit status is not 0 when a test
failed, a part had none, or too little was run.
"""

import json
import os
import signal
import sys
import tempfile
import time
from collections import Counter
from contextlib import nullcontext
from pathlib import Path
from typing import Any

from tests.chromium import find_chromium
from tests.measuring import report as measuring
from tests.postgres import PostgresError, running_server
from tests.processes import ENDING_SIGNALS, clean_environment, end, run_to_its_end
from tests.tally import SLOWEST

PYTEST_FOUND_NO_TESTS = 5
SHOWN_OF_FAILURE = 25  # lines
IN_PARALLEL = ["-n", "auto", "--dist", "worksteal"]
ON_SQLITE = ["-m", "not browser", *IN_PARALLEL]
ON_POSTGRES = ["-m", "database and not browser", *IN_PARALLEL]
# A browser waits for what a busy machine may not do in time, so a test that fails is tried
# once more; what passed only then is named at the end.
TWICE = ["--reruns", "1"]
IN_CHROMIUM = ["-m", "browser", "--screenshot", "only-on-failure", *TWICE, *IN_PARALLEL]


class Suite:
    """The parts run so far and what they counted."""

    def __init__(self, arguments: list[str], folder: Path) -> None:
        self.arguments = arguments
        self.measured = folder / "measured"
        self.measured.mkdir()
        # All that the parts write goes where this run can remove it, even if they are killed.
        self.environment = {
            **clean_environment(),
            **measuring.environment(self.measured),
            "TMPDIR": str(folder),
        }
        self.tally = folder / "tally.json"
        self.counts: Counter[str] = Counter()
        self.slowest: Counter[str] = Counter()
        self.again: list[tuple[str, str]] = []
        self.is_complete = self.is_covered = True

    def run(self, title: str, options: list[str], **environment: str) -> None:
        """Run one part and add up its counts."""
        print(f"\n--- {title}", flush=True)
        started = time.monotonic()
        status, found = self._pytest(options, environment)
        print(f"--- {title}: {time.monotonic() - started:.0f} seconds", flush=True)
        counts = Counter(found.get("counts", {}))
        for test, seconds in found.get("slowest", []):
            self.slowest[f"{test} ({title})"] = seconds
        self.again += found.get("again", [])
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
        _, found = self._pytest([*options, "--collect-only", "-qq"], {})
        self.counts["skipped"] += found.get("counts", {}).get("collected", 0)

    def print_slowest(self) -> None:
        print("\n--- The slowest tests, in seconds")
        for test, seconds in self.slowest.most_common(SLOWEST):
            print(f"{seconds:6.1f}  {test}")

    def print_tried_again(self) -> None:
        """Name the tests that failed at first, since each may hide a fault that comes at times."""
        if self.again:
            print("\n--- Tried twice")
        for test, failure in self.again:
            print(f"        {test}", *failure.splitlines()[-SHOWN_OF_FAILURE:], sep="\n")

    def print_coverage(self) -> None:
        """Tell how much was run, unless only some tests were asked for."""
        if not self.arguments:
            self.is_covered = measuring.print_coverage(self.measured)

    def _pytest(self, options: list[str], environment: dict[str, str]) -> tuple[int, Any]:
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
        return status, json.loads(self.tally.read_text(encoding="utf-8")) if has_counted else {}

    @property
    def summary(self) -> str:
        return ", ".join(f"{self.counts[word]} {word}" for word in ("passed", "failed", "skipped"))

    @property
    def exit_status(self) -> int:
        has_run = self.counts["passed"] + self.counts["failed"] > 0
        is_well = has_run and self.is_complete and self.is_covered
        return int(self.counts["failed"] > 0 or not is_well)


def run_on_postgres(suite: Suite, given_url: str) -> None:
    title = "PostgreSQL"
    try:
        with nullcontext(given_url) if given_url else running_server() as url:
            suite.run(title, ON_POSTGRES, DATABASE_URL=url)
    except PostgresError as error:
        advice = "Start one (Debian: apt-get install postgresql) and set DATABASE_URL to it."
        suite.skip(title, ON_POSTGRES, f"{error} {advice}")


def run_in_chromium(suite: Suite) -> None:
    title = "Chromium"
    if chromium := find_chromium():
        suite.run(title, IN_CHROMIUM, CHROMIUM=chromium)
    else:
        reason = "No Chromium was found. On Debian: apt-get install chromium"
        suite.skip(title, IN_CHROMIUM, reason)


def main() -> int:
    for number in ENDING_SIGNALS:
        signal.signal(number, end)
    with tempfile.TemporaryDirectory(prefix="eoc-run-", ignore_cleanup_errors=True) as folder:
        suite = Suite(sys.argv[1:], Path(folder))
        suite.run("SQLite", ON_SQLITE)
        run_on_postgres(suite, os.environ.get("DATABASE_URL", ""))
        run_in_chromium(suite)
        suite.print_slowest()
        suite.print_tried_again()
        suite.print_coverage()
    if not suite.is_complete:
        print("\nA part of the suite has no test at all.")
    print(f"\n{suite.summary}", flush=True)
    return suite.exit_status


if __name__ == "__main__":
    sys.exit(main())
