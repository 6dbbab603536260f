"""The audit says what is wrong, and says plainly when it cannot run."""

import copy
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.audit.pages import HOME, STATES, Page
from tests.audit.verdict import HEADER, SCORES, Measured, broken_promises, first_view, row

SITE = "http://127.0.0.1:8000"
PAGE = Page(path=HOME, name=HOME, holds="h1")
GOOD: Measured = {
    "status": 200,
    "is_reached": True,
    "html": [],
    "axe": [],
    "scores": {"performance": 98.0, "accessibility": 100, "best-practices": 100, "seo": 100},
    "shortfalls": [{"category": "performance", "text": "largest-contentful-paint"}],
    "requests": [
        {"url": f"{SITE}/", "kind": "Document", "mime": "text/html", "bytes": 60_000},
        {"url": f"{SITE}/a.css", "kind": "Stylesheet", "mime": "text/css", "bytes": 30_000},
        {"url": f"{SITE}/a.js", "kind": "Script", "mime": "text/javascript", "bytes": 10_000},
        {"url": f"{SITE}/a.avif", "kind": "Image", "mime": "image/avif", "bytes": 500_000},
        {"url": f"{SITE}/icon.svg", "kind": "Other", "mime": "image/svg+xml", "bytes": 5_000},
    ],
}


def make_one_request(**changes: Any) -> Callable[[Measured], None]:
    """Give a change that adds a request."""
    request = {"url": f"{SITE}/b", "kind": "Fetch", "mime": "text/plain", "bytes": 0, **changes}
    return lambda measured: measured["requests"].append(request)


FAULTS: dict[str, Callable[[Measured], None]] = {
    "It answered 500 instead of 200.": lambda page: page.update(status=500),
    "It does not hold what this state should: h1": lambda page: page.update(is_reached=False),
    "HTML: no-dup-id, line 3: twice": lambda page: page["html"].append("no-dup-id, line 3: twice"),
    "axe: label at #id_name": lambda page: page["axe"].append("label at #id_name"),
    "Lighthouse: seo is 99, less than 100.": lambda page: page["scores"].update(seo=99),
    "It asks another host: https://example.org/": make_one_request(url="https://example.org/"),
    "It asks another host: http://127.0.0.1:80000/": make_one_request(url=f"{SITE}0/"),
    "The first view is 100,001 bytes without images, more than 100,000.": make_one_request(bytes=1),
}


@pytest.mark.parametrize("sentence", FAULTS)
def test_each_fault_is_named(sentence: str) -> None:
    measured = copy.deepcopy(GOOD)
    FAULTS[sentence](measured)
    assert broken_promises(PAGE, measured, site=SITE) == [sentence]


def test_page_within_all_limits_breaks_no_promise() -> None:
    assert broken_promises(PAGE, GOOD, site=SITE) == []


def test_low_score_comes_with_what_lowered_it() -> None:
    measured = {**GOOD, "scores": {**GOOD["scores"], "performance": 97}}
    low = ["Lighthouse: performance is 97, less than 98.", "  largest-contentful-paint"]
    assert broken_promises(PAGE, measured, site=SITE) == low


def test_images_do_not_count_and_code_counts_in_both_limits() -> None:
    assert first_view(GOOD["requests"]) == (100_000, 40_000)
    heavy = copy.deepcopy(GOOD)
    make_one_request(kind="Script", bytes=400)(heavy)
    assert broken_promises(PAGE, heavy, site=SITE) == [
        "The first view is 100,400 bytes without images, more than 100,000.",
        "The first view is 40,400 bytes of scripts and styles, more than 40,000.",
    ]


def test_only_the_home_page_has_a_limit_in_bytes() -> None:
    heavy = copy.deepcopy(GOOD)
    make_one_request(bytes=10**6)(heavy)
    assert broken_promises(Page(path="/about/", name="/about/"), heavy, site=SITE) == []


def test_table_is_straight() -> None:
    rows = [row(page, GOOD) for page in (PAGE, *STATES)]
    assert {len(line) for line in rows} == {len(HEADER)}
    assert rows[0].split() == ["/", "0", "0", "98", "100", "100", "100", "100.0", "40.0"]
    assert list(SCORES) == ["performance", "accessibility", "best-practices", "seo"]


@pytest.mark.parametrize(
    ("programs", "command"),
    [
        ({}, "apt-get install nodejs npm"),
        ({"node": "v20.19.2"}, "apt-get install nodejs npm"),
        ({"node": "v18.18.0", "npm": "9.2.0"}, "apt-get install nodejs npm"),
        ({"node": "v18.19.0", "npm": "9.2.0"}, "apt-get install chromium"),
    ],
)
def test_what_is_missing_is_said_with_the_command_that_adds_it(
    tmp_path: Path, programs: dict[str, str], command: str
) -> None:
    for name, version in programs.items():
        (tmp_path / name).write_text(f"#!/bin/sh\necho {version}\n", encoding="utf-8")
        (tmp_path / name).chmod(0o755)
    outcome = subprocess.run(
        [sys.executable, "-m", "tests.audit"],
        env={"PATH": str(tmp_path)},
        cwd=Path(__file__).resolve().parent.parent.parent,
        capture_output=True,
        text=True,
    )
    assert outcome.returncode == 1
    assert outcome.stdout == ""
    assert outcome.stderr.count("\n") == 1
    assert outcome.stderr.endswith(f"{command}\n")
