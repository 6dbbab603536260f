"""Exports of answers beside what a stock Wagtail site gives: CPU, first byte and memory.

Both write the same answers of one form, from one database. Each file is made in a process of
its own, so that its memory is what that file took.
"""

import json
import os
import resource
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from typing import Any

from tests.postgres import running_server

MOST_FIRST_MS = 100.0
MOST_MEMORY_MB = 32.0
HOW_OFTEN = 3
FIELDS: list[dict[str, str]] = [
    {"clean_name": "email", "label": "E-mail", "field_type": "email"},
    {"clean_name": "name", "label": "Name", "field_type": "singleline"},
    {"clean_name": "words", "label": "What do you need?", "field_type": "multiline"},
    {"clean_name": "role", "label": "Role", "field_type": "dropdown"},
    {"clean_name": "topics", "label": "Topics", "field_type": "checkboxes"},
    {"clean_name": "pupils", "label": "Pupils", "field_type": "number"},
    {"clean_name": "begins", "label": "Begins", "field_type": "date"},
    {"clean_name": "phone", "label": "Telephone", "field_type": "phone"},
    {"clean_name": "site", "label": "Site", "field_type": "url"},
    {"clean_name": "updates", "label": "Updates", "field_type": "consent"},
]


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line of the table."""

    what: str
    ours: float
    peer: float
    ratio: float
    goal: float
    is_met: bool

    def __str__(self) -> str:
        met = "met" if self.is_met else "NOT MET"
        figures = f"{self.ours:12,.1f} {self.peer:12,.1f} {self.ratio:8.2f} {self.goal:8.1f}"
        return f"{self.what:44} {figures}  {met}"


@dataclass(frozen=True, kw_only=True)
class Taken:
    """What one file took."""

    cpu: float
    first_ms: float
    memory_mb: float


def table_of(
    url: str, folder: str, *, csv_rows: int, xlsx_rows: int, rounds: int = HOW_OFTEN
) -> list[Row]:
    """Fill an empty database, and measure each format beside what a stock site gives."""
    is_postgres = url.startswith("postgres")
    outside = {"DATABASE_URL": url, "DATA_DIR": folder, "SECRET_KEY": secrets.token_hex(32)}
    named = {"DJANGO_SETTINGS_MODULE": "tests.bench.settings"}
    bench = Bench(environment={**os.environ, **outside, **named}, rounds=rounds)
    bench.run("migrate")
    bench.run("fill", str(xlsx_rows))
    table = bench.beside_stock("xlsx", goal=3.0, rows=xlsx_rows)
    bench.run("fill", str(csv_rows - xlsx_rows))
    csv_goal = 20.0 if is_postgres else 3.0
    return [*table, *bench.beside_stock("csv", goal=csv_goal, rows=csv_rows)]


@dataclass(frozen=True, kw_only=True)
class Bench:
    """Runs each measurement in a process of its own, under this environment."""

    environment: dict[str, str]
    rounds: int

    def beside_stock(self, file_format: str, *, goal: float, rows: int) -> list[Row]:
        """Measure both by turns, so that what else the machine does meets both."""
        taken: dict[str, list[Taken]] = {"ours": [], "stock": []}
        for _round in range(self.rounds):
            for whose, found in taken.items():
                found.append(Taken(**self.run(whose, file_format)))
        name = f"{file_format.upper()} of {rows:,} x {len(FIELDS)}"
        return _compared(name, rows, goal, _middle(taken["ours"]), _middle(taken["stock"]))

    def run(self, *arguments: str) -> dict[str, Any]:
        command = [sys.executable, "-W", "ignore", "-m", "tests.bench.exports", *arguments]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE, env=self.environment)
        told: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
        return told


def _compared(name: str, rows: int, goal: float, ours: Taken, stock: Taken) -> list[Row]:
    ratio = stock.cpu / ours.cpu
    speed = Row(
        what=f"{name}: rows per CPU second",
        ours=rows / ours.cpu,
        peer=rows / stock.cpu,
        ratio=ratio,
        goal=goal,
        is_met=ratio >= goal,
    )
    first = _at_most(f"{name}: first byte, ms", ours.first_ms, stock.first_ms, MOST_FIRST_MS)
    memory = _at_most(f"{name}: memory, MB", ours.memory_mb, stock.memory_mb, MOST_MEMORY_MB)
    return [speed, first, memory]


def _at_most(what: str, ours: float, peer: float, goal: float) -> Row:
    return Row(
        what=what,
        ours=ours,
        peer=peer,
        ratio=peer / max(ours, 0.1),
        goal=goal,
        is_met=ours <= goal,
    )


def _middle(found: list[Taken]) -> Taken:
    """Return the one with the median of the CPU."""
    return sorted(found, key=lambda taken: taken.cpu)[len(found) // 2]


def main() -> int:
    """Print the table for both databases."""
    rows = {
        "csv_rows": int(os.environ.get("CSV_ROWS", "300000")),
        "xlsx_rows": int(os.environ.get("XLSX_ROWS", "100000")),
    }
    met = []
    for url in ("", "postgres"):
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="eoc-bench-"))
            where = stack.enter_context(running_server()) if url else f"sqlite:///{folder}/db"
            for row in table_of(where, folder, **rows):
                met.append(row.is_met)
                print(f"{url or 'sqlite':8} {row}", flush=True)
    return 0 if all(met) else 1


def _measure(what: str, *values: str) -> None:
    """Do one step in this process, and print what it took."""
    import django

    django.setup()
    from django.conf import settings
    from django.core.management import call_command

    from tests.bench.export_filling import fill

    if what == "migrate":
        settings.STATIC_ROOT.mkdir(exist_ok=True)
        call_command("migrate", verbosity=0)
        print("{}")
    elif what == "fill":
        fill(int(values[0]), FIELDS)
        print("{}")
    else:
        _take(what, values[0])


def _take(what: str, value: str) -> None:
    open_file = _open_ours if what == "ours" else _open_stock
    list(open_file("csv", is_short=True))  # imports, templates and the connection
    before = _most_memory()
    began, cpu = time.perf_counter(), time.process_time()
    chunks = open_file(value)
    next(chunks)
    first_ms = (time.perf_counter() - began) * 1_000
    for _chunk in chunks:
        pass
    taken = {"cpu": time.process_time() - cpu, "first_ms": first_ms}
    print(json.dumps({**taken, "memory_mb": _most_memory() - before}))


def _open_ours(file_format: str, *, is_short: bool = False) -> Iterator[bytes]:
    from django.test import Client

    from eoc_cms.core.models import User
    from forms_app.models import FormPage

    client = Client()
    client.force_login(User.objects.get(username="bench"))
    asked = {"export": file_format, "form": str(FormPage.objects.get(slug="bench").form_key)}
    if is_short:
        asked["from"] = "2100-01-01"
    response: Any = client.get("/admin/forms_app/submission/", asked)
    return iter(response.streaming_content)


def _open_stock(file_format: str, *, is_short: bool = False) -> Iterator[bytes]:
    """Open Wagtail's own export of its own submissions, through its own view."""
    from django.test import RequestFactory

    from eoc_cms.core.models import User
    from tests.bench.export_filling import stock_view

    asked = {"export": file_format}
    if is_short:
        asked["date_from"] = "2100-01-01"
    request = RequestFactory().get("/", asked)
    request.user = User.objects.get(username="bench")
    return iter(stock_view(request).streaming_content)


def _most_memory() -> float:
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / (1_000_000 if sys.platform == "darwin" else 1_000)


if __name__ == "__main__":
    if sys.argv[1:]:
        _measure(*sys.argv[1:])
    else:
        sys.exit(main())
