"""`make bench`: what the site costs beside what somebody would pick instead of it.

Builds the peers, starts them with the same workers and settings as the site, measures by
turns, and prints one table. Ends with a status that is not 0 where a ratio misses its goal.

QUICK=1 measures for a shorter time. ROWS says how many answers the lists have. ONLY names the
groups of lines to measure, such as ONLY=sqlite,postgres.
"""

import os
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench import inside
from tests.bench.comparing import FULL, QUICK, Effort
from tests.bench.databases import migrated
from tests.bench.load import WrongAnswerError
from tests.bench.roads import rows_on_postgres, rows_on_sqlite
from tests.bench.servers import NotStartedError
from tests.bench.table import Row, Table
from tests.postgres import PostgresError, running_server


def main() -> int:
    effort, table = _effort(), Table()
    asked = [name for name in os.environ.get("ONLY", "").split(",") if name]
    table.begin()
    try:
        for name, rows in GROUPS.items():
            if not asked or name in asked:
                for row in rows(effort):
                    table.add(row)
    except (NotStartedError, PostgresError, WrongAnswerError) as error:
        print(error, file=sys.stderr)
        return 1
    return table.end()


def _effort() -> Effort:
    effort = QUICK if os.environ.get("QUICK") else FULL
    return replace(effort, answers=int(os.environ.get("ROWS") or effort.answers))


def _on_sqlite(effort: Effort) -> Iterator[Row]:
    with TemporaryDirectory(prefix="eoc-bench-") as folder:
        yield from rows_on_sqlite(Path(folder), effort)


def _on_postgres(effort: Effort) -> Iterator[Row]:
    with TemporaryDirectory(prefix="eoc-bench-") as folder, running_server(is_durable=True) as url:
        yield from rows_on_postgres(Path(folder), effort, url)


def _inside(effort: Effort) -> Iterator[Row]:
    with migrated(inside.migrate) as databases:
        yield from inside.export_rows(effort, databases)
        yield from inside.catalogue_rows(effort, databases)
        yield from inside.list_rows(effort, databases)


GROUPS: dict[str, Callable[[Effort], Iterator[Row]]] = {
    "sqlite": _on_sqlite,
    "postgres": _on_postgres,
    "inside": _inside,
}

if __name__ == "__main__":
    sys.exit(main())
