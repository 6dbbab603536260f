"""Columns of printed output never run together, however long what stands in them is."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from deploy.demo import Demo, announce
from tests.source import PROJECT_DIR, python_files

# A width filled up from the right with nothing between it and what follows.
RUN_TOGETHER = re.compile(r":<\d+}[^\s\"']|%-\d+s[^\s\\\"']|\.ljust\(\d+\) *\+")
PRINTING = [PROJECT_DIR / "Makefile", *python_files("deploy", "tests", "home", "eoc_cms")]
LONG = "correct-horse-battery-7everything"


@pytest.mark.parametrize("path", PRINTING, ids=lambda path: str(path.relative_to(PROJECT_DIR)))
def test_a_column_ends_with_a_space(path: Path) -> None:
    if path != Path(__file__):
        assert RUN_TOGETHER.findall(path.read_text(encoding="utf-8")) == []


def test_make_sets_every_target_apart_from_what_it_does() -> None:
    command = [shutil.which("make") or "make", "help"]
    told = subprocess.run(command, cwd=PROJECT_DIR, capture_output=True, text=True, check=True)
    targets = [line for line in told.stdout.splitlines() if line.startswith("  make ")]
    assert len(targets) > 10
    assert [line for line in targets if not re.fullmatch(r"  make [a-z]+ {2,}\S.*", line)] == []


def test_a_long_password_stands_apart(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    announce(
        Demo(host="127.0.0.1", port=8000, data_dir=tmp_path, is_development=False),
        {"DEMO_PASSWORD": LONG},
    )
    lines = [line for line in capsys.readouterr().out.splitlines() if LONG in line]
    assert lines
    assert all(f" {LONG} " in line for line in lines)
