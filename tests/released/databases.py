"""What a database holds and how it is built, read without any model."""

from typing import Any

from django.db import connection

# Made anew by their packages: the search index, and what is counted as applied.
NOT_COMPARED = ("django_migrations", "modelsearch_", "wagtailsearch_", "sqlite_")

Rows = dict[str, list[dict[str, str]]]
Schema = dict[str, dict[str, Any]]


def tables() -> list[str]:
    found = connection.introspection.table_names()
    return sorted(name for name in found if not name.startswith(NOT_COMPARED))


def rows() -> Rows:
    """Return every row of every table, its values as texts."""
    held: Rows = {}
    with connection.cursor() as cursor:
        for table in tables():
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
            names = [column[0] for column in cursor.description]
            held[table] = [
                dict(zip(names, map(str, row), strict=True)) for row in cursor.fetchall()
            ]
    return held


def schema() -> Schema:
    """Return the columns, indexes and constraints of every table."""
    built: Schema = {}
    with connection.cursor() as cursor:
        for table in tables():
            columns = connection.introspection.get_table_description(cursor, table)
            constraints = connection.introspection.get_constraints(cursor, table)
            built[table] = {
                "columns": sorted(
                    [column.name, str(column.type_code), column.null_ok, str(column.default)]
                    for column in columns
                ),
                "constraints": {name: _plain(about) for name, about in constraints.items()},
            }
    return built


def _plain(about: dict[str, Any]) -> dict[str, Any]:
    kept = ("columns", "primary_key", "unique", "foreign_key", "check", "index", "type", "orders")
    return {name: about.get(name) for name in kept}


def lost(before: Rows, after: Rows) -> list[str]:
    """Say which rows are not there any more as they were, by the columns they had."""
    missing = []
    for table, held in before.items():
        names = list(held[0]) if held else []
        there = {tuple(row.get(name) for name in names) for row in after.get(table, [])}
        missing += [f"{table}: {row}" for row in held if tuple(row.values()) not in there]
    return missing
