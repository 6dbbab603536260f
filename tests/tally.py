"""A pytest plugin: write how many tests there were, how they ended and which were slow.

The suite runs in several parts, and what it says at its end is about all of them.
"""

import json
from collections import Counter
from pathlib import Path

import pytest

SLOWEST = 20


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--tally", type=Path, help="file to write the counts to, as JSON")


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    if config.option.tally is None:
        return

    def count(*outcomes: str) -> int:
        return sum(len(terminalreporter.stats.get(outcome, [])) for outcome in outcomes)

    counts = {
        "passed": count("passed", "xpassed"),
        "failed": count("failed", "error"),
        # A test that is known to fail proves nothing yet, so it counts as not run.
        "skipped": count("skipped", "xfailed"),
        "collected": getattr(config, "collected_count", 0),
    }
    reruns = terminalreporter.stats.get("rerun", [])
    again = [(report.nodeid, report.longreprtext) for report in reruns]
    found = {"counts": counts, "slowest": _slowest(terminalreporter), "again": again}
    config.option.tally.write_text(json.dumps(found), encoding="utf-8")


def pytest_collection_finish(session: pytest.Session) -> None:
    session.config.collected_count = len(session.items)  # type: ignore[attr-defined]


def _slowest(terminalreporter: pytest.TerminalReporter) -> list[tuple[str, float]]:
    """Return the tests that took longest, with the seconds of their fixtures."""
    seconds: Counter[str] = Counter()
    for reports in terminalreporter.stats.values():
        for report in reports:
            if isinstance(report, pytest.TestReport):
                seconds[report.nodeid] += report.duration  # type: ignore[assignment]
    return seconds.most_common(SLOWEST)  # type: ignore[return-value]
