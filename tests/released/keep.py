"""Keep a database of the version that `pyproject.toml` states: `make keep`.

It writes a small populated site as SQLite and as PostgreSQL keep it, and the hashes of all
migrations, next to those of earlier releases. From then on migrations are only added.
"""

import hashlib
import json
import lzma
import os
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

from eoc_cms.settings.env import PROJECT_DIR
from tests.postgres import running_server, tools_folder

KEPT = Path(__file__).parent / "kept"
HASHES = KEPT / "migrations.json"
FILL = """
import django
django.setup()
from django.conf import settings
from django.core.management import call_command
settings.DATA_DIR.mkdir(exist_ok=True)
settings.STATIC_ROOT.mkdir(exist_ok=True)
call_command("migrate", verbosity=0)
from tests.released.filling import fill
fill()
"""


def main() -> int:
    project = tomllib.loads((PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8"))
    version = project["project"]["version"]
    HASHES.write_text(json.dumps(hashes_of_migrations(), indent=2) + "\n", encoding="utf-8")
    with tempfile.TemporaryDirectory() as folder:
        _fill(Path(folder), "")
        database = Path(folder) / "data" / "db.sqlite3"
        _keep(KEPT / f"{version}.sqlite3.xz", database.read_bytes())
    with tempfile.TemporaryDirectory() as folder, running_server() as url:
        _fill(Path(folder), url)
        dump = subprocess.run(
            [tools_folder() / "pg_dump", "--format=custom", "--compress=0", "--no-owner", url],
            check=True,
            capture_output=True,
        )
        _keep(KEPT / f"{version}.postgresql.xz", dump.stdout)
    return 0


def hashes_of_migrations() -> dict[str, str]:
    """Return the SHA-256 of every migration of ours, and of what they share."""
    return {
        str(path.relative_to(PROJECT_DIR)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(PROJECT_DIR.glob("*/migrations/*.py"))
        + sorted(PROJECT_DIR.glob("*/core/migrations/*.py"))
        if path.stat().st_size
    }


def _fill(folder: Path, url: str) -> None:
    environment = {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "tests.released.settings",
        "KEPT_DATA_DIR": str(folder / "data"),
    }
    environment.pop("DATABASE_URL", None)
    if url:
        environment["DATABASE_URL"] = url
    subprocess.run([sys.executable, "-c", FILL], cwd=PROJECT_DIR, env=environment, check=True)


def _keep(target: Path, content: bytes) -> None:
    target.write_bytes(lzma.compress(content, preset=9 | lzma.PRESET_EXTREME))
    print(f"{target.relative_to(PROJECT_DIR)}: {target.stat().st_size:,} bytes")


if __name__ == "__main__":
    sys.exit(main())
