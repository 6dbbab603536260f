"""On PostgreSQL the database writes the lines of a CSV itself, and they are handed on.

A batch that holds what SQL would write otherwise than Python is written by Python, so that
every cell is the same. No statement is open while a slow browser takes its file.
"""

import json
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.db import connections
from django.db.models import F, QuerySet
from psycopg import ClientCursor, sql

from eoc_cms.core.spreadsheets.csv_writing import CsvWriter
from forms_app.exporting.cells_in_sql import CellsInSql, neutralised
from forms_app.exporting.rows import Progress, reader_of, rows_of, values
from forms_app.exporting.stored_rows import field_of, names_of
from forms_app.listing.sources import Source, Told
from forms_app.listing.tables import Table

# Lines take less room than the fields that Python would make them of.
BATCHES_AT_ONCE = 10
# Each step names what the one inside it has made; OFFSET 0 keeps that from being made anew.
STATEMENT = """
COPY (
    SELECT {written} FROM (
        SELECT {key}, {cells} FROM (
            SELECT stored.*, {told}::jsonb AS told {answers} FROM ({stored}) AS stored
            WHERE {key} = ANY({keys}) OFFSET 0
        ) AS read OFFSET 0
    ) AS shown ORDER BY {key}
) TO STDOUT WITH (FORMAT csv, ENCODING 'UTF8')
"""


@dataclass(frozen=True, kw_only=True)
class Lines:
    """Some rows as lines of a CSV."""

    keys: Sequence[int]
    content: bytes


ReadLines = Callable[[QuerySet], Lines]


def lines_of(table: Table, progress: Progress, writer: CsvWriter) -> Iterator[bytes]:
    """Yield all rows of a table as lines of a CSV, by the quickest way that there is for them."""
    by_python = _written_by_python(table, writer)
    copier = _copier_of(table, writer)
    read = _copied(copier, otherwise=by_python) if copier else by_python
    times = BATCHES_AT_ONCE if copier else 1
    for lines in rows_of(table, progress, read, times=times):
        yield lines.content


def _copier_of(table: Table, writer: CsvWriter) -> "Copier | None":
    """Return what has the database write the lines; None where it cannot."""
    sources = table.sources
    if sources is None or connections[table.queryset.db].vendor != "postgresql":
        return None
    copier = Copier(table, sources, writer)
    return copier if copier.is_able else None


def _copied(copier: "Copier", *, otherwise: ReadLines) -> ReadLines:
    def lines(rows: QuerySet) -> Lines:
        keys = copier.keys(rows)
        content = copier.lines(keys) if keys else b""
        return otherwise(rows) if content is None else Lines(keys=keys, content=content)

    return lines


def _written_by_python(table: Table, writer: CsvWriter) -> ReadLines:
    read = reader_of(table)

    def lines(rows: QuerySet) -> Lines:
        found = read(rows)
        columns = [values(column, found, as_text=True) for column in table.columns]
        return Lines(keys=found.keys, content=writer.lines(columns))

    return lines


class Copier:
    """Has PostgreSQL write the rows of a table whose columns are made of stored fields."""

    def __init__(self, table: Table, sources: Sequence[Source], writer: CsvWriter) -> None:
        self._connection = connections[table.queryset.db]
        self._sources = sources
        self._writer = writer
        names = names_of(sources)
        columns = {name: f"field_{place}" for place, name in enumerate(names)}
        self._key = sql.Identifier(columns["pk"])
        self._rows = table.queryset.order_by().values(
            **{column: F(name) for name, column in columns.items()}
        )
        self._sql = CellsInSql(
            columns={name: sql.Identifier(column) for name, column in columns.items()},
            fields={name: field_of(table.queryset.model, name) for name in names},
            time_zone=settings.TIME_ZONE,
            text=writer.text,
            strange=secrets.token_hex(16),
        )

    @cached_property
    def is_able(self) -> bool:
        """Whether SQL has an expression for every cell."""
        return all(self._sql.is_able(source) for source in self._sources)

    def keys(self, rows: QuerySet) -> list[int]:
        """Return the keys of rows as one array, since a tuple for each takes longer."""
        try:
            query, params = rows.values_list("pk").query.sql_with_params()
        except EmptyResultSet:
            return []
        with self._connection.cursor() as cursor:
            # Django's own query.
            cursor.execute(f"SELECT array_agg(key) FROM ({query}) AS found(key)", params)  # noqa: S608
            (keys,) = cursor.fetchone()
        return sorted(keys or ())

    def lines(self, keys: Sequence[int]) -> bytes | None:
        """Return the lines of rows by their keys; None where Python has to write them."""
        with self._connection.wrap_database_errors, self._connection.cursor() as cursor:
            content = bytearray()
            with cursor.copy(self._statement(keys)) as copy:
                for line in copy:
                    content += line
                    content[-1:] = b"\r\n"  # RFC 4180
            is_whole = cursor.rowcount == len(keys)
        # A row that has gone since its key was read must not be told of as sent.
        if not is_whole or self._sql.strange.encode() in content:
            return None
        return bytes(content)

    def _statement(self, keys: Sequence[int]) -> str:
        begin, middle, end = self._parts
        told = json.dumps(self._told(keys))
        chosen = "{" + ",".join(map(str, keys)) + "}"
        return f"{begin}{self._rendered(told)}{middle}{self._rendered(chosen)}{end}"

    def _told(self, keys: Sequence[int]) -> dict[int, dict[int, str]]:
        """Return what other records say, by the place of its column and the key of the row."""
        return {
            place: {key: self._writer.text(value) for key, value in source.look_up(keys).items()}
            for place, source in enumerate(self._sources)
            if isinstance(source, Told)
        }

    @cached_property
    def _parts(self) -> list[str]:
        """Return the statement around what other records say, and around the keys."""
        connection, hole = self._connection.connection, secrets.token_hex(16)
        query, params = self._rows.query.sql_with_params()
        statement = sql.SQL(STATEMENT).format(
            key=self._key,
            written=sql.SQL(", ").join(map(self._written, range(len(self._sources)))),
            cells=sql.SQL(", ").join(self._sql.cells(self._sources)),
            answers=sql.SQL("").join(self._sql.answers(self._sources)),
            stored=sql.SQL(ClientCursor(connection).mogrify(query, params)),
            told=sql.SQL(hole),
            keys=sql.SQL(hole),
        )
        return statement.as_string(connection).split(hole)

    def _written(self, place: int) -> sql.Composable:
        cell: sql.Composable = sql.Identifier(f"cell_{place}")
        written = cell if self._writer.is_raw else neutralised(cell)
        # A line with nothing in it would be no row.
        is_alone = len(self._sources) == 1
        return sql.SQL("coalesce({}, '')").format(written) if is_alone else written

    def _rendered(self, text: str) -> str:
        return sql.Literal(text).as_string(self._connection.connection)
