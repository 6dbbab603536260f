"""Prepare the site, then run it and its background worker until told to stop.

`make demo` runs it as in production, with demo content; `make dev` adds `--development`.
Only the standard library is used, so that what goes wrong can be said in one sentence
before anything else is loaded.
"""

import argparse
import errno
import fcntl
import http.client
import os
import secrets
import socket
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from deploy.processes import ChildEndedError, Processes, StopAsked

PROJECT_DIR = Path(__file__).resolve().parent.parent
ACCOUNTS = {
    "admin": "everything",
    "publisher": "publishes what editors submit",
    "editor": "writes pages and forms, submits them",
    "data-manager": "reads and exports what visitors sent",
}
KEPT = (
    *("db.sqlite3", "demo-password", "demo-secret-key"),
    *("cache", "mail", "media", "private", "static"),
)
START_SECONDS = 120
BEGUN = time.monotonic()


class DemoError(Exception):
    """The demo cannot run; the message is one plain sentence."""


@dataclass(frozen=True, kw_only=True)
class Demo:
    """What the environment asks for."""

    host: str
    port: int
    data_dir: Path
    is_development: bool

    @property
    def bind(self) -> str:
        return f"[{self.host}]:{self.port}" if ":" in self.host else f"{self.host}:{self.port}"

    @property
    def reachable_host(self) -> str:
        """The host that this machine itself finds the site under."""
        return {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(self.host, self.host)  # noqa: S104

    @property
    def url(self) -> str:
        host = self.reachable_host
        return f"http://[{host}]:{self.port}" if ":" in host else f"http://{host}:{self.port}"

    @property
    def allowed_hosts(self) -> str:
        if self.host != self.reachable_host:
            return "*"
        host = f"[{self.host}]" if ":" in self.host else self.host
        return ",".join(sorted({host, "localhost", "127.0.0.1", "[::1]"}))


def read_demo() -> Demo:
    parser = argparse.ArgumentParser(description="Prepare the site and run it.")
    parser.add_argument("--development", action="store_true", help="debug pages and autoreload")
    port = os.environ.get("PORT") or "8000"
    if not port.isdecimal() or not 0 < int(port) < 65536:
        raise DemoError(f"PORT must be a number from 1 to 65535; it is {port!r}.")
    return Demo(
        host=(os.environ.get("HOST") or "127.0.0.1").strip("[]"),
        port=int(port),
        data_dir=(PROJECT_DIR / (os.environ.get("DATA_DIR") or "var")).resolve(),
        is_development=parser.parse_args().development,
    )


def say(text: str) -> None:
    print(f"[{time.monotonic() - BEGUN:5.1f} s] {text}", flush=True)


# --- What is checked before any slow work -----------------------------------


def check_data_dir(folder: Path) -> None:
    """Raise DemoError unless files can be made in the folder, and those there be changed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / f".probe-{os.getpid()}"
        probe.touch()
        probe.unlink()
    except OSError as error:
        raise _folder_error(folder, error.strerror or "") from error
    # An earlier start as root leaves files that this user cannot change.
    for path in (folder / name for name in KEPT):
        if path.exists() and not os.access(path, os.W_OK):
            raise _folder_error(path, os.strerror(errno.EACCES))
    say(f"Data is kept in {folder}")


def _folder_error(path: Path, reason: str) -> DemoError:
    return DemoError(
        f"{path} cannot be written to ({reason}): "
        "choose another folder, as in make demo DATA_DIR=/path/to/folder."
    )


def check_port(demo: Demo) -> None:
    """Raise DemoError unless the port can be listened on."""
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            demo.host, demo.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        with socket.socket(family, kind) as probe:
            # As the server does: a port that was in use a moment ago is free.
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            probe.bind(address)
    except OSError as error:
        raise DemoError(_port_sentence(demo, error)) from error


def _port_sentence(demo: Demo, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return (
            f"Port {demo.port} on {demo.host} is taken: stop what uses it, "
            "or choose another, as in make demo PORT=8001."
        )
    if error.errno == errno.EACCES:
        return f"Port {demo.port} is reserved for root: choose one above 1023, as in PORT=8000."
    return f"HOST={demo.host} is not an address of this machine ({error.strerror})."


# --- Secrets and environment -------------------------------------------------


def keep_secret(path: Path, *, made_up: str, given: str | None) -> str:
    """Give the secret in a file only its owner can read; write it at the first start.

    A value given by hand wins and is kept. Two starts at once agree on one secret.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+", encoding="utf-8") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        kept = file.read()
        wanted = given or kept or made_up
        if wanted != kept:
            file.seek(0)
            file.write(wanted)
            file.truncate()
    return wanted


def child_environment(demo: Demo) -> dict[str, str]:
    """Give the environment in which the site runs; what is not named here is passed on."""
    kind = "development" if demo.is_development else "production"
    folder = demo.data_dir
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": f"eoc_cms.settings.{kind}",
        "SECRET_KEY": keep_secret(
            folder / "demo-secret-key",
            made_up=secrets.token_urlsafe(50),
            given=os.environ.get("SECRET_KEY"),
        ),
        "DEMO_PASSWORD": keep_secret(
            folder / "demo-password",
            made_up=secrets.token_hex(8),
            given=os.environ.get("DEMO_PASSWORD"),
        ),
        "ALLOWED_HOSTS": demo.allowed_hosts,
        "SITE_URL": demo.url,
        "DATA_DIR": str(folder),
        "PYTHONUNBUFFERED": "1",
    }


# --- The run itself ----------------------------------------------------------


def start_site(demo: Demo, environment: dict[str, str], processes: Processes) -> None:
    config = ["--config", "deploy/gunicorn.conf.py", "--log-level", "warning"]
    server = ["-m", "gunicorn", *config, "--bind", demo.bind]
    if demo.is_development:
        server = ["manage.py", "runserver", demo.bind]
    processes.start("web server", server, environment)
    processes.start("background worker", ["manage.py", "run_worker"], environment)


def wait_until_ready(demo: Demo, processes: Processes) -> None:
    deadline = time.monotonic() + START_SECONDS
    while not is_ready(demo):
        if time.monotonic() > deadline:
            raise DemoError(
                f"The site was not ready within {START_SECONDS} seconds; "
                "what it wrote above may say why."
            )
        processes.pause(0.1)


def is_ready(demo: Demo) -> bool:
    """Say whether site and worker both work, which `/readyz` answers."""
    # Not urllib: it would ask a proxy that the environment names.
    connection = http.client.HTTPConnection(demo.reachable_host, demo.port, timeout=5)
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()


def announce(demo: Demo, environment: dict[str, str]) -> None:
    say(f"The site is running at {demo.url}/")
    mail = f"{demo.data_dir / 'mail'} (one readable .eml file per message)"
    if os.environ.get("EMAIL_URL"):
        mail = "is sent by the server that EMAIL_URL names"
    print(f"\n  Site      {demo.url}/\n  Admin     {demo.url}/admin/\n  Mail      {mail}")
    print("\n  Sign in to the admin as")
    for account, can in ACCOUNTS.items():
        print(f"    {account:<14} {environment['DEMO_PASSWORD']:<18} {can}")
    print("\nCtrl-C ends it; the data stays for the next start.\n", flush=True)


def run(processes: Processes) -> None:
    demo = read_demo()
    check_data_dir(demo.data_dir)
    check_port(demo)
    environment = child_environment(demo)
    if processes.run("preparation", ["manage.py", "prepare", "--demo"], environment) != 0:
        raise DemoError("The site could not be prepared: the reason is above.")
    start_site(demo, environment, processes)
    wait_until_ready(demo, processes)
    announce(demo, environment)
    while True:
        processes.pause(60)


def main() -> int:
    try:
        with Processes(PROJECT_DIR) as processes:
            run(processes)
    except StopAsked:
        print("\nStopped.", flush=True)
    except (ChildEndedError, DemoError) as error:
        print(error, file=sys.stderr, flush=True)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
