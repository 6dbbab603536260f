"""The test database: made once, copied for every process, put back after a test that commits.

What is copied is migrated and bootstrapped. SQLite's migrated file is kept in pytest's cache
until a migration changes, of ours or of a dependency; a PostgreSQL server keeps a template
for one run.
"""

import fcntl
import hashlib
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Protocol

import psycopg
import pytest
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from psycopg.sql import SQL, Identifier

from home.bootstrap import bootstrap
from tests.indexing import indexing

Server = psycopg.Connection[Any]

COMMITTING = {"transactional_db", "live_server"}
# The variable by which the processes of one run know what belongs to it.
RUN = "TEST_RUN"


class Copies(Protocol):
    """Where a process's test database comes from."""

    def make(self) -> None: ...

    def renew(self) -> None: ...

    def drop(self) -> None: ...


def touches_database(item: pytest.Item) -> bool:
    return item.get_closest_marker("django_db") is not None or bool(
        {"db", *COMMITTING} & set(_fixtures_of(item))
    )


def commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    is_marked = marker is not None and marker.kwargs.get("transaction", False)
    return is_marked or bool(COMMITTING & set(_fixtures_of(item)))


def _fixtures_of(item: pytest.Item) -> list[str]:
    return getattr(item, "fixturenames", [])


def copies_for(config: pytest.Config) -> Copies:
    if connection.vendor == "postgresql":
        return PostgresCopies(os.environ[RUN])
    return sqlite_copies(config)


def sqlite_copies(config: pytest.Config) -> "SQLiteCopies":
    assert config.cache
    return SQLiteCopies(config.cache.mkdir("database"))


class SQLiteCopies:
    def __init__(self, kept: Path) -> None:
        self.kept = kept
        self.file = Path(settings.DATA_DIR) / "test.sqlite3"
        self.fresh = Path(settings.DATA_DIR) / "fresh.sqlite3"

    def make(self) -> None:
        self.copy_migrated(self.file)
        _use(self.file)
        _fill()
        shutil.copyfile(self.file, self.fresh)

    def renew(self) -> None:
        _forget()
        for file in self.file.parent.glob(f"{self.file.name}*"):
            file.unlink()
        shutil.copyfile(self.fresh, self.file)

    def drop(self) -> None:
        connection.close()  # The file goes with the data folder.

    def copy_migrated(self, file: Path) -> None:
        """Give a file that holds the tables and nothing that our code puts into them."""
        with _locked(self.kept / "lock"):
            shutil.copyfile(self._migrated(), file)

    def _migrated(self) -> Path:
        file = self.kept / f"{_fingerprint()}.sqlite3"
        if not file.exists():
            for old in self.kept.glob("*.sqlite3*"):
                old.unlink()
            being_made = self.kept / "being-made.sqlite3"
            _use(being_made)
            _migrate()
            being_made.rename(file)
        return file


class PostgresCopies:
    def __init__(self, run: str) -> None:
        self.template = f"test_{run}"
        self.name = f"{self.template}_{os.environ.get('PYTEST_XDIST_WORKER', 'alone')}"

    def make(self) -> None:
        with _server() as server:
            # The lock goes with the connection.
            server.execute("SELECT pg_advisory_lock(hashtext(%s))", [self.template])
            known = "SELECT 1 FROM pg_database WHERE datname = %s"
            if not server.execute(known, [self.template]).fetchone():
                self._make_template(server)
        self._copy()
        _use(self.name)

    def renew(self) -> None:
        _forget()
        self._copy()

    def drop(self) -> None:
        connection.close()
        with _server() as server:
            _drop(server, self.name)

    def drop_template(self) -> None:
        """Remove what the processes of this run have copied."""
        with _server() as server:
            _drop(server, self.template)

    def _make_template(self, server: Server) -> None:
        being_made = f"{self.template}_being_made"
        _drop(server, being_made)
        server.execute(SQL("CREATE DATABASE {}").format(Identifier(being_made)))
        _use(being_made)
        _fill()
        names = Identifier(being_made), Identifier(self.template)
        server.execute(SQL("ALTER DATABASE {} RENAME TO {}").format(*names))

    def _copy(self) -> None:
        names = Identifier(self.name), Identifier(self.template)
        with _server() as server:
            _drop(server, self.name)
            server.execute(SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))


def _server() -> Server:
    return psycopg.connect(os.environ["DATABASE_URL"], autocommit=True)


def _drop(server: Server, name: str) -> None:
    server.execute(SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(Identifier(name)))


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Keep other processes out for as long as the block lasts."""
    with file.open("w") as opened:
        fcntl.flock(opened, fcntl.LOCK_EX)
        yield


def _fill() -> None:
    _migrate()  # Rights and content types follow the code, also without a new migration.
    with indexing():
        bootstrap()
    connection.close()


def _migrate() -> None:
    call_command("migrate", interactive=False, verbosity=0)
    connection.close()


def _use(name: Path | str) -> None:
    connection.close()
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = name


def _forget() -> None:
    connection.close()
    ContentType.objects.clear_cache()


def _fingerprint() -> str:
    """Return what stands for the content of every migration, of dependencies too."""
    digest = hashlib.sha256()
    for name, migration in sorted(MigrationLoader(None).disk_migrations.items()):
        source = sys.modules[migration.__module__].__file__
        digest.update(f"{name}".encode() + Path(source or "").read_bytes())
    return digest.hexdigest()[:16]
