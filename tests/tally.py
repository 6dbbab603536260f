"""A pytest plugin: write how many tests there were and how they ended to a file.

The suite runs in several parts, and its last line counts over all of them.
"""

import json
from pathlib import Path

import pytest


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
    config.option.tally.write_text(json.dumps(counts), encoding="utf-8")


def pytest_collection_finish(session: pytest.Session) -> None:
    session.config.collected_count = len(session.items)  # type: ignore[attr-defined]
