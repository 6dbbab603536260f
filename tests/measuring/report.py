"""Tell what the suite has run of each room, and which files it hardly knows."""

import json
import os
import tomllib
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import slipcover

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
MINIMUM, MINIMUM_OF_A_FILE = 95, 85  # percent

# How many lines and branches there are, and how many of them were run.
Counts = tuple[int, int]


def environment(folder: Path) -> dict[str, str]:
    """Give the variables that have a process measured; what it ran is written to the folder."""
    path = [str(Path(__file__).parent), os.environ.get("PYTHONPATH")]
    return {"PYTHONPATH": os.pathsep.join(filter(None, path)), "MEASURE_INTO": str(folder)}


def print_coverage(folder: Path) -> bool:
    """Print the coverage of each room and of files far below it; say whether it is enough."""
    files = dict(_files(folder))
    rooms: dict[str, list[Counts]] = defaultdict(list)
    for file, counts in files.items():
        rooms[_room_of(file)].append(counts)
    print("\n--- Lines and branches that were run")
    for room, of_its_files in sorted(rooms.items()):
        print(f"{_percent(of_its_files):6.1f} %  {room}")
    total = _percent(list(files.values()))
    print(f"{total:6.1f} %  over all; at least {MINIMUM} % are asked for")
    _print_hardly_known(files)
    return total >= MINIMUM


def _print_hardly_known(files: dict[str, Counts]) -> None:
    low = sorted((_percent([counts]), file) for file, counts in files.items())
    if shown := [entry for entry in low if entry[0] < MINIMUM_OF_A_FILE]:
        print(f"\n--- Files of which less than {MINIMUM_OF_A_FILE} % were run")
        for percent, file in shown:
            print(f"{percent:6.1f} %  {file}")


def _files(folder: Path) -> Iterator[tuple[str, Counts]]:
    for file, found in _merged(folder)["files"].items():
        run = len(found["executed_lines"]) + len(found["executed_branches"])
        missed = len(found["missing_lines"]) + len(found["missing_branches"])
        if run + missed:
            yield file, (run + missed, run)


def _merged(folder: Path) -> dict[str, Any]:
    options = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text())["tool"]["slipcover"]
    # This process ran none of them: files that no other ran either are thus in the report.
    merged: dict[str, Any] = slipcover.Slipcover(branch=True, **options).get_coverage()
    for file in folder.glob("*.json"):
        slipcover.merge_coverage(merged, json.loads(file.read_text(encoding="utf-8")))
    return merged


def _room_of(file: str) -> str:
    """Return the folder of a job: the first below an app, or the app for its loose files."""
    parts = Path(file).parent.parts
    depth = 3 if parts[:2] == ("eoc_cms", "core") else 2
    return "/".join(parts[:depth])


def _percent(counts: list[Counts]) -> float:
    return 100 * sum(run for _all, run in counts) / sum(every for every, _run in counts)
