"""The lines that are measured inside a process of ours, without a server.

Each is a process of its own over an empty database: whatever one remembers helps no other.
"""

import json
import os
import secrets
import statistics
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

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
    """Open every list in a small and in a full database by turns, after once for nothing."""
    with ExitStack() as stack:
        few, many = (
            stack.enter_context(_lists_with(size, databases))
            for size in (effort.few_answers, effort.answers)
        )
        for title in few.titles:
            pairs = [(few.took(title), many.took(title)) for _round in range(effort.views + 1)][1:]
            small, full = (statistics.median(times) for times in zip(*pairs, strict=True))
            yield Row(
                what=f"{title}: {effort.answers:,} beside {effort.few_answers:,} answers",
                ours=f"{full:.3g} ms",
                peer=f"{small:.3g} ms",
                ratios=tuple(first / second for first, second in pairs),
                goal=FLAT,
            )


class _Lists:
    """The lists of one database, opened by a process of their own when they are asked for."""

    def __init__(self, asked: IO[str], told: IO[str]) -> None:
        self._asked, self._told = asked, told
        self.titles: list[str] = json.loads(told.readline())

    def took(self, title: str) -> float:
        print(title, file=self._asked, flush=True)
        return float(self._told.readline())


@contextmanager
def _lists_with(answers: int, databases: Databases) -> Iterator[_Lists]:
    with databases.copied("PostgreSQL") as (url, folder):
        command, environment = _command("lists", answers), _environment(url, folder)
        with subprocess.Popen(
            command,
            cwd=PROJECT_DIR,
            env=environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        ) as process:
            assert process.stdin
            assert process.stdout
            yield _Lists(process.stdin, process.stdout)
            process.stdin.close()


def _grown(what: str, *, few: float, many: float, goal: float) -> Row:
    return Row(
        what=what, ours=f"{many:.3g} ms", peer=f"{few:.3g} ms", ratios=(few / many,), goal=goal
    )


def migrate(url: str, folder: Path) -> None:
    _in_a_process(url, folder, "migrate")


def _in_a_process(url: str, folder: Path, what: str, *numbers: int) -> Any:
    done = subprocess.run(
        _command(what, *numbers),
        check=True,
        stdout=subprocess.PIPE,
        cwd=PROJECT_DIR,
        env=_environment(url, folder),
    )
    return json.loads(done.stdout.splitlines()[-1])


def _command(what: str, *numbers: int) -> list[str]:
    return [
        *(sys.executable, "-W", "ignore", "-m", "tests.bench.inside", what),
        *(str(number) for number in numbers),
    ]


def _environment(url: str, folder: Path) -> dict[str, str]:
    outside = {"DATABASE_URL": url, "DATA_DIR": str(folder), "SECRET_KEY": secrets.token_hex(32)}
    return {**os.environ, **outside, "DJANGO_SETTINGS_MODULE": "tests.bench.settings"}


def _measure(what: str, *numbers: int) -> None:
    """Measure in this process, over the database of its environment, and print what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    settings.STATIC_ROOT.mkdir(exist_ok=True)
    if what == "migrate":
        print(json.dumps(call_command("migrate", verbosity=0)))
    elif what == "catalogue":
        from tests.bench.catalogue import rows

        print(json.dumps(rows(numbers[1:], rounds=numbers[0])))
    else:
        from tests.bench.lists import answer_questions

        answer_questions(*numbers)


if __name__ == "__main__":
    _measure(sys.argv[1], *map(int, sys.argv[2:]))
