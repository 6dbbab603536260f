"""The lines that are measured inside a process of ours, without a server.

Each is a process of its own over an empty database: whatever one remembers helps no other.
"""

import json
import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from tests.bench import exports
from tests.bench.comparing import Effort
from tests.bench.databases import NAMES, Databases
from tests.bench.table import Row
from tests.processes import PROJECT_DIR

# At most one and a half times as long.
FLAT = 1 / 1.5
MAY_GROW = {"sitemap"}


def export_rows(effort: Effort, databases: Databases) -> Iterator[Row]:
    sizes = {"csv_rows": effort.csv_rows, "xlsx_rows": effort.xlsx_rows, "rounds": effort.files}
    for name in NAMES:
        with databases.copied(name) as (url, folder):
            for row in exports.table_of(url, str(folder), **sizes):
                yield _of_export(name, row)


def _of_export(name: str, row: exports.Row) -> Row:
    is_ratio = "per CPU second" in row.what
    return Row(
        what=f"{name}, {row.what}",
        ours=f"{row.ours:,.1f}",
        peer=f"{row.peer:,.1f}",
        ratios=(row.ratio,) if is_ratio else (),
        goal=row.goal if is_ratio else 0,
        limit="" if is_ratio else f"≤ {row.goal:.0f}",
    )


def catalogue_rows(effort: Effort, databases: Databases) -> Iterator[Row]:
    first, *_between, last = effort.catalogue
    for name in NAMES:
        with databases.copied(name) as (url, folder):
            numbers = (effort.views, *effort.catalogue)
            for what, times in _in_a_process(url, folder, "catalogue", *numbers):
                yield _grown(
                    f"{name}, {what}: {last:,} beside {first:,} pages",
                    few=times[0],
                    many=times[-1],
                    goal=0 if what in MAY_GROW else FLAT,
                )


def list_rows(effort: Effort, databases: Databases) -> Iterator[Row]:
    few, many = (
        _lists_with(size, effort, databases) for size in (effort.few_answers, effort.answers)
    )
    for what, took in many.items():
        # What exports for the first time reads the key of every answer before it begins.
        goal = 0 if "first bytes" in what else FLAT
        name = f"{what}: {effort.answers:,} beside {effort.few_answers:,} answers"
        yield _grown(name, few=few[what], many=took, goal=goal)


def _lists_with(answers: int, effort: Effort, databases: Databases) -> dict[str, float]:
    with databases.copied("PostgreSQL") as (url, folder):
        found: dict[str, float] = _in_a_process(url, folder, "lists", effort.views, answers)
        return found


def _grown(what: str, *, few: float, many: float, goal: float) -> Row:
    return Row(
        what=what, ours=f"{many:.3g} ms", peer=f"{few:.3g} ms", ratios=(few / many,), goal=goal
    )


def migrate(url: str, folder: Path) -> None:
    _in_a_process(url, folder, "migrate")


def _in_a_process(url: str, folder: Path, what: str, *numbers: int) -> Any:
    outside = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": secrets.token_hex(32)}
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.bench.inside", what, *map(str, numbers)],
        check=True,
        stdout=subprocess.PIPE,
        cwd=PROJECT_DIR,
        env={**os.environ, **outside, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"},
    )
    return json.loads(done.stdout.splitlines()[-1])


def _measure(what: str, *numbers: int) -> None:
    """Measure in this process, over the database of its environment, and print what came."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    if what == "migrate":
        measured: Any = call_command("migrate", verbosity=0)
    elif what == "catalogue":
        from tests.bench.catalogue import rows

        measured = rows(numbers[1:], rounds=numbers[0])
    else:
        from tests.bench.lists import measure

        measured = measure(numbers[1], rounds=numbers[0])
    print(json.dumps(measured))


if __name__ == "__main__":
    _measure(sys.argv[1], *map(int, sys.argv[2:]))
