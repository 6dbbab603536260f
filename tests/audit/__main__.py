"""`make audit`: is every page of the demo valid, accessible, findable, light and fast?

Runs the demo in a folder of its own and lets measure.mjs look at its pages in Chromium, with
html-validate, axe and Lighthouse. The exit status is not 0 when a page breaks a promise.
Nothing is asked of the network but, when the lock has changed, the tools from npm.
"""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Generator, Mapping
from contextlib import closing
from pathlib import Path

from tests.audit.pages import all_pages
from tests.audit.verdict import HEADER, SCORES, Measured, broken_promises, row
from tests.chromium import find_chromium
from tests.processes import ENDING_SIGNALS, end
from tests.running_demo import DemoNotStartedError, running_demo

FOLDER = Path(__file__).resolve().parent
LOCK = FOLDER / "package-lock.json"
STAMP = FOLDER / "node_modules" / ".installed"
OLDEST_NODE = (18, 19)
STOP_SECONDS = 30


class AuditError(Exception):
    """The audit cannot run; the message says what to do."""


def check_node() -> None:
    """Raise AuditError unless Node, new enough, and npm are on this machine."""
    found = re.match(r"v(\d+)\.(\d+)", _output_of("node", "--version"))
    version = tuple(map(int, found.groups())) if found else (0, 0)
    if version < OLDEST_NODE or not shutil.which("npm"):
        raise AuditError(
            f"The audit needs Node {'.'.join(map(str, OLDEST_NODE))} or newer, and npm. "
            "On Debian 12 or newer: apt-get install nodejs npm"
        )


def _output_of(program: str, argument: str) -> str:
    if path := shutil.which(program):
        return subprocess.run([path, argument], capture_output=True, text=True).stdout
    return ""


def require_chromium() -> str:
    """Give the path of Chromium; raise AuditError where there is none."""
    if chromium := find_chromium():
        return chromium
    raise AuditError("The audit needs Chromium. On Debian: apt-get install chromium")


def install_tools() -> None:
    """Install what package-lock.json names, unless that was done since it changed."""
    if STAMP.exists() and STAMP.stat().st_mtime >= LOCK.stat().st_mtime:
        return
    print("Installing the audit's tools with npm (half a minute the first time) ...", flush=True)
    command = [shutil.which("npm") or "npm", "ci", "--loglevel=error"]
    if subprocess.run(command, cwd=FOLDER, stdout=subprocess.DEVNULL).returncode != 0:
        raise AuditError("The audit's tools could not be installed: npm says above why.")
    STAMP.touch()


def measure(job: Mapping[str, object], folder: Path) -> Generator[Measured, None, None]:
    """Give what was seen of each page of the job, as it is seen."""
    process = subprocess.Popen(
        [shutil.which("node") or "node", str(FOLDER / "measure.mjs")],
        # Browser profiles are removed with the folder, even if this run is killed.
        env={**os.environ, "TMPDIR": str(folder)},
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdin is not None
    assert process.stdout is not None
    try:
        with process.stdin as orders:
            json.dump(job, orders)
        for line in process.stdout:
            yield json.loads(line)
        if process.wait() != 0:
            raise AuditError("The audit broke off: the reason is above.")
    finally:
        _end(process)


def _end(process: subprocess.Popen[str]) -> None:
    """End Node; its browser ends with it."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(timeout=STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()


def audit(chromium: str, folder: Path) -> dict[str, list[str]]:
    """Print the table, row by row; give by page the promises that it breaks."""
    data_dir = folder / "demo"
    data_dir.mkdir()
    broken = {}
    with running_demo(data_dir) as demo:
        pages = all_pages(demo.url)
        orders = [page.as_order() for page in pages]
        job = {"site": demo.url, "chromium": chromium, "scores": SCORES, "pages": orders}
        print(f"\n{HEADER}", flush=True)
        with closing(measure(job, folder)) as seen:
            for page, measured in zip(pages, seen, strict=True):
                print(row(page, measured), flush=True)
                if found := broken_promises(page, measured, site=demo.url):
                    broken[page.name] = found
    return broken


def main() -> int:
    begun = time.monotonic()
    for number in ENDING_SIGNALS:
        signal.signal(number, end)
    try:
        check_node()
        chromium = require_chromium()
        install_tools()
        with tempfile.TemporaryDirectory(prefix="eoc-audit-") as folder:
            broken = audit(chromium, Path(folder))
    except (AuditError, DemoNotStartedError) as error:
        print(error, file=sys.stderr)
        return 1
    for name, sentences in broken.items():
        print(f"\n{name}", *sentences, sep="\n  ")
    print(f"\n{len(broken)} pages to mend, after {time.monotonic() - begun:.0f} s")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
