"""Put the whole site into one file, and bring it back from there.

The file is a tar archive: `manifest.json`, the database, `media/` and `private/`, wherever
the site keeps these (backup_files.py). The database comes first, so a file uploaded
meanwhile is one too many and never one too few. Copying SQLite's file by hand would lose
what still stands in its write-ahead log.
"""

import json
import os
import shutil
import sqlite3
import subprocess
import tarfile
import tempfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from django.core.cache import cache
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from psycopg.conninfo import make_conninfo

from eoc_cms.core.backup.files import add_files, put_back_files
from eoc_cms.core.caching.generation import start_new_generation
from eoc_cms.core.files.storage import StorageError

MANIFEST = "manifest.json"
DATABASE = "database"
FORMAT = 1
# What of a database's address the tools of PostgreSQL are given on their command line,
# which other users of the machine can read: all but the password.
LIBPQ_OPTIONS = ("host", "port", "user", "dbname", "sslmode", "sslrootcert", "sslcert", "sslkey")


class BackupError(Exception):
    """A backup cannot be made or used; the message says why in plain words."""


def make_backup(target: Path) -> None:
    """Write a backup; the file is there when it is whole, and for its owner's eyes only.

    Raises BackupError when the target exists or the database cannot be read.
    """
    if target.exists():
        raise BackupError(f"{target} is there already. Name a file that is not.")
    part = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory() as folder:
            dump = Path(folder) / DATABASE
            _dump_database(dump)
            _write_archive(part, dump)
        part.rename(target)
    except OSError as error:
        reason = (error.strerror or str(error)).rstrip(".")
        raise BackupError(f"The backup could not be written: {reason}.") from error
    finally:
        part.unlink(missing_ok=True)


def restore_backup(source: Path) -> None:
    """Put a backup in the place of all data there is.

    Raises BackupError, before anything is touched, when the file is no backup of this
    site's kind of database.
    """
    try:
        with tempfile.TemporaryDirectory() as folder, tarfile.open(source) as archive:
            unpacked = Path(folder)
            _unpack(archive, unpacked)
            _check(unpacked)
            _load_database(unpacked / DATABASE)
            put_back_files(unpacked)
    except StorageError as error:
        raise BackupError(
            f"The files could not be put back: {error} The database is the backup's "
            "already, so run restore again when the bucket works."
        ) from error
    except (OSError, tarfile.TarError) as error:
        raise BackupError(f"{source} cannot be read as a backup: {error}.") from error
    cache.clear()
    start_new_generation()


def _write_archive(path: Path, dump: Path) -> None:
    os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    manifest = dump.with_name(MANIFEST)
    manifest.write_text(json.dumps(_manifest(), indent=2), encoding="utf-8")
    with tarfile.open(path, "w") as archive:
        archive.add(manifest, MANIFEST)
        archive.add(dump, DATABASE)
        add_files(archive)


def _manifest() -> dict[str, object]:
    applied = MigrationRecorder(connection).applied_migrations()
    return {
        "format": FORMAT,
        "made_at": datetime.now(tz=UTC).isoformat(timespec="seconds"),
        "database": connection.vendor,
        "migrations": sorted(".".join(key) for key in applied),
    }


def _unpack(archive: tarfile.TarFile, folder: Path) -> None:
    """Write out files and folders, all within a folder; nothing else is in a backup.

    Raises TarError. By hand, since the filters of `extractall` came with Python 3.11.4 and
    Debian 12 has an older one.
    """
    for member in archive:
        place = (folder / member.name).resolve()
        content = archive.extractfile(member) if member.isfile() else None
        if not (content or member.isdir()) or not place.is_relative_to(folder.resolve()):
            raise tarfile.TarError(f"“{member.name}” has no place in a backup")
        if content is None:
            place.mkdir(parents=True, exist_ok=True)
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        with content, place.open("wb") as file:
            shutil.copyfileobj(content, file)
        place.chmod(0o600 | member.mode & 0o755)
        os.utime(place, (member.mtime, member.mtime))


def _check(unpacked: Path) -> None:
    try:
        manifest = json.loads((unpacked / MANIFEST).read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise BackupError("This file is no backup of this site: it holds no manifest.") from error
    if manifest.get("format") != FORMAT or not (unpacked / DATABASE).is_file():
        raise BackupError("This backup was made by another version of the site's backup.")
    if manifest["database"] != connection.vendor:
        raise BackupError(
            f"This is a backup of {manifest['database']}, and the site runs on "
            f"{connection.vendor}: set DATABASE_URL to a database of the same kind."
        )


def _dump_database(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            connection.connection.backup(copy)
        return
    _run_postgres_tool("pg_dump", "--format=custom", "--no-owner", f"--file={path}")


def _load_database(path: Path) -> None:
    if connection.vendor == "sqlite":
        connection.ensure_connection()
        with closing(sqlite3.connect(path)) as copy:
            copy.backup(connection.connection)
        return
    # Our own connection would keep the tables from being replaced.
    connection.close()
    options = ("--clean", "--if-exists", "--no-owner", "--single-transaction")
    _run_postgres_tool("pg_restore", *options, str(path))


def _run_postgres_tool(name: str, *options: str) -> None:
    """Run pg_dump or pg_restore on the site's database; the password goes by environment."""
    tool = shutil.which(name)
    if tool is None:
        raise BackupError(
            f"{name} was not found. On Debian: apt-get install postgresql-client, "
            "in the version of the server or newer."
        )
    address = connection.get_connection_params()
    known = {name: address[name] for name in LIBPQ_OPTIONS if address.get(name)}
    result = subprocess.run(  # noqa: S603 - only our own words are on the command line
        [tool, "--dbname", make_conninfo("", **known), *options],
        env={**os.environ, "PGPASSWORD": str(address.get("password") or "")},
        capture_output=True,
        text=True,
        check=False,
    )
    if result.returncode != 0:
        raise BackupError(f"{name} failed: {result.stderr.strip()}")
