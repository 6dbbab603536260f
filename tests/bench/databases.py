"""Empty databases of both kinds: each is migrated once, and every measurement gets a copy."""

import secrets
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from tests.postgres import running_server

NAMES = ("SQLite", "PostgreSQL")
FILE = "db.sqlite3"


@dataclass(frozen=True, kw_only=True)
class Databases:
    """A folder with a file, and the address of a server."""

    folder: Path
    server: str

    @contextmanager
    def copied(self, name: str) -> Iterator[tuple[str, Path]]:
        """Give the address of a migrated database and a folder, both only for this block."""
        with TemporaryDirectory(prefix="eoc-bench-") as made:
            folder = Path(made)
            if name == NAMES[0]:
                shutil.copy(self.folder / FILE, folder / FILE)
                yield f"sqlite:///{folder / FILE}", folder
            else:
                with self._copied_on_server() as url:
                    yield url, folder

    @contextmanager
    def _copied_on_server(self) -> Iterator[str]:
        # Not from the database that is copied: nobody may be connected to that.
        with psycopg.connect(_named(self.server, "template1"), autocommit=True) as connection:
            name = f"copied_{secrets.token_hex(4)}"
            connection.execute(f"CREATE DATABASE {name} TEMPLATE postgres")
            yield _named(self.server, name)
            connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


@contextmanager
def migrated(migrate: Callable[[str, Path], object]) -> Iterator[Databases]:
    """Make both by this act, which takes an address and a folder, one beside the other."""
    with TemporaryDirectory(prefix="eoc-bench-") as made, running_server() as server:
        folder = Path(made)
        with ThreadPoolExecutor() as threads:
            urls = (f"sqlite:///{folder / FILE}", server)
            list(threads.map(lambda url: migrate(url, folder), urls))
        yield Databases(folder=folder, server=server)


def _named(url: str, name: str) -> str:
    return url.replace("/postgres?", f"/{name}?")
