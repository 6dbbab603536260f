"""The demo's content for tests: loaded once in each process, then put back as it was.

Loading takes seconds and gives every test the same, so after the first time the rows are
written back from the SQL that stands for them, and the files are copied.
"""

import shutil
from dataclasses import dataclass
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.cache import cache
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection
from django.test import Client
from wagtail.models import Page

from tests.indexing import indexing

# Give any value as the text that stands for it in SQL.
LITERAL = {"sqlite": "quote({})", "postgresql": "quote_nullable({}::text)"}


@dataclass(frozen=True)
class Loaded:
    """What there was right after loading."""

    tables: list[str]
    inserts: list[str]
    files: Path


_loaded: list[Loaded] = []


def load_demo() -> None:
    """Give the current test the demo as it is right after loading it."""
    if _loaded:
        _put_back(_loaded[0])
    else:
        with indexing():
            call_command("load_demo", verbosity=0)
        _make_pictures()
        _loaded.append(_take())


def forget_demo() -> None:
    """Forget what Django remembers of rows that go with the test's transaction."""
    ContentType.objects.clear_cache()


def _make_pictures() -> None:
    """Look at every page, whose pictures are cut to size when they are first shown."""
    for page in Page.objects.live().public():
        if address := page.get_url():
            Client().get(address)
    cache.clear()


def _take() -> Loaded:
    kept = Path(settings.DATA_DIR) / "loaded-demo"
    for folder in _folders():
        shutil.copytree(folder, kept / folder.name)
    tables = [_quote(name) for name in _table_names()]
    inserts = [insert for table in tables if (insert := _insert_for(table))]
    return Loaded(tables=tables, inserts=inserts, files=kept)


def _table_names() -> list[str]:
    names = connection.introspection.django_table_names(only_existing=True)
    # Triggers keep SQLite's index of words, as they do on the running site.
    return [name for name in names if not name.endswith("_fts")]


def _insert_for(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM {table} LIMIT 0")  # noqa: S608 - a table of ours
        columns = [_quote(column[0]) for column in cursor.description]
        literals = ", ".join(LITERAL[connection.vendor].format(column) for column in columns)
        cursor.execute(f"SELECT {literals} FROM {table}")  # noqa: S608
        rows = ", ".join(f"({', '.join(row)})" for row in cursor.fetchall())
    return f"INSERT INTO {table} ({', '.join(columns)}) VALUES {rows}" if rows else ""  # noqa: S608


def _put_back(loaded: Loaded) -> None:
    # Foreign keys are looked at when the test ends, so the order does not matter.
    with connection.cursor() as cursor:
        for table in loaded.tables:
            cursor.execute(f"DELETE FROM {table}")  # noqa: S608
        for insert in loaded.inserts:
            cursor.execute(insert)
        # PostgreSQL counts on from where it was, not from the rows that are put back.
        models = apps.get_models(include_auto_created=True)
        if counters := connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(";".join(counters))
    for folder in _folders():
        shutil.copytree(loaded.files / folder.name, folder, dirs_exist_ok=True)
    ContentType.objects.clear_cache()
    cache.clear()


def _folders() -> list[Path]:
    return [Path(settings.MEDIA_ROOT), Path(settings.PRIVATE_ROOT)]


def _quote(name: str) -> str:
    return connection.ops.quote_name(name)
