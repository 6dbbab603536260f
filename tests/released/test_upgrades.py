"""From a released version on, migrations are only added, and upgrades lose nothing."""

import json
import lzma
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
from django.db import connection
from psycopg.sql import SQL, Identifier

from eoc_cms.settings.env import PROJECT_DIR
from tests.postgres import tools_folder
from tests.processes import clean_environment
from tests.released import databases
from tests.released.keep import HASHES, KEPT, hashes_of_migrations

RELEASES = sorted({file.name.rsplit(".", 2)[0] for file in KEPT.glob("*.xz")})
# What a migration changes in kept rows on purpose, as “table.column”, with the reason.
CHANGED: dict[str, str] = {}


def test_released_migrations_are_as_they_were() -> None:
    kept = json.loads(HASHES.read_text(encoding="utf-8"))
    now = hashes_of_migrations()
    assert {name: now.get(name) for name in kept} == kept


def test_there_is_a_release_to_upgrade_from() -> None:
    assert RELEASES
    assert all((KEPT / f"{each}.{kind}.xz").exists() for each in RELEASES for kind in KINDS)


KINDS = ("sqlite3", "postgresql")
OURS = ("forms_app_", "resources_", "core_", "home_")
LEFT_EMPTY: set[str] = set()


@pytest.fixture
def upgraded(db: None, release: str, tmp_path: Path) -> Iterator[dict[str, Any]]:
    """Give what came of a kept database by upgrading it."""
    data = tmp_path / "data"
    data.mkdir()
    environment = {
        **clean_environment(),
        "DJANGO_SETTINGS_MODULE": "tests.released.settings",
        "KEPT_DATA_DIR": str(data),
    }
    if connection.vendor == "sqlite":
        content = lzma.decompress((KEPT / f"{release}.sqlite3.xz").read_bytes())
        (data / "db.sqlite3").write_bytes(content)
        yield _upgrade(environment)
        return
    server, name = os.environ["DATABASE_URL"], f"upgrade_{os.getpid()}"
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(SQL("CREATE DATABASE {}").format(Identifier(name)))
        try:
            url = server.replace("/postgres?", f"/{name}?")
            subprocess.run(
                [tools_folder() / "pg_restore", "--no-owner", f"--dbname={url}"],
                input=lzma.decompress((KEPT / f"{release}.postgresql.xz").read_bytes()),
                check=True,
            )
            yield _upgrade({**environment, "DATABASE_URL": url})
        finally:
            admin.execute(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))


def _upgrade(environment: dict[str, str]) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.released.upgrade"],
        cwd=PROJECT_DIR,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.parametrize("release", RELEASES)
def test_upgrade_loses_nothing_and_ends_in_the_schema_of_a_new_site(
    upgraded: dict[str, Any],
) -> None:
    assert [row for row in upgraded["lost"] if not row.startswith(tuple(CHANGED))] == []
    fresh = json.loads(json.dumps(databases.schema()))
    assert upgraded["schema"].keys() == fresh.keys()
    for table, built in fresh.items():
        assert upgraded["schema"][table] == built, table


@pytest.mark.parametrize("release", RELEASES)
def test_kept_database_holds_something_of_everything(upgraded: dict[str, Any]) -> None:
    empty = {table for table, count in upgraded["counts"].items() if not count}
    assert {table for table in empty if table.startswith(OURS)} <= LEFT_EMPTY
