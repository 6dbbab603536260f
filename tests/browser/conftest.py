"""A real browser before the real site: what `make demo` runs, in a folder of its own."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, Page

from tests.chromium import find_chromium

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
PASSWORD = "only-for-the-browser-tests"
START_SECONDS = 180


@dataclass(frozen=True, kw_only=True)
class Demo:
    """The running site, and where it keeps its data."""

    url: str
    data_dir: Path
    password: str = PASSWORD

    @property
    def mail_dir(self) -> Path:
        return self.data_dir / "mail"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can miss its part of the run."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Demo]:
    """Run the demo for the whole session; it must end tidily afterwards."""
    data_dir = tmp_path_factory.mktemp("demo")
    port = _free_port()
    with (data_dir / "output").open("wb") as output:
        process = subprocess.Popen(
            [sys.executable, "-m", "deploy.demo"],
            cwd=PROJECT_DIR,
            env={
                **{name: value for name, value in os.environ.items() if name != "MAKELEVEL"},
                **{"DATA_DIR": str(data_dir), "HOST": "127.0.0.1", "PORT": str(port)},
                "DEMO_PASSWORD": PASSWORD,
            },
            stdout=output,
            stderr=subprocess.STDOUT,
            start_new_session=True,
        )
    try:
        _wait_until_announced(process, data_dir / "output")
        yield Demo(url=f"http://127.0.0.1:{port}", data_dir=data_dir)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(timeout=30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _wait_until_announced(process: subprocess.Popen[bytes], output: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while "The site is running at" not in output.read_text(encoding="utf-8"):
        if process.poll() is not None or time.monotonic() > deadline:
            pytest.fail(f"The demo did not start:\n{output.read_text(encoding='utf-8')}")
        time.sleep(0.2)


@pytest.fixture(scope="session")
def base_url(demo: Demo) -> str:
    """Let tests write `page.goto("/resources/")`."""
    return demo.url


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args: dict[str, Any]) -> dict[str, Any]:
    """Start the machine's own Chromium, and keep it from calling home."""
    return {
        **browser_type_launch_args,
        "executable_path": find_chromium(),
        "args": [
            "--no-sandbox",  # a container gives it no rights to make one
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
        ],
    }


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], demo: Demo
) -> Iterator[Callable[..., BrowserContext]]:
    """Make browser contexts; a request to any host but the site's fails the test."""
    strangers: list[str] = []

    def watch(url: str) -> None:
        if not url.startswith((f"{demo.url}/", "data:", "blob:", "about:")):
            strangers.append(url)

    def make(**options: Any) -> BrowserContext:
        context = new_context(**options)
        context.on("request", lambda request: watch(request.url))
        return context

    yield make
    assert strangers == [], "the browser asked other hosts"


@pytest.fixture(scope="session")
def _sessions() -> dict[str, Any]:
    """Signed-in browser states, one per account, so that each signs in once."""
    return {}


@pytest.fixture
def signed_in(
    new_context: Callable[..., BrowserContext], demo: Demo, _sessions: dict[str, Any]
) -> Callable[[str], Page]:
    """Give a fresh page, signed in as one of the demo accounts."""

    def open_page(account: str) -> Page:
        context = new_context(storage_state=_sessions.get(account))
        page = context.new_page()
        if account not in _sessions:
            page.goto("/admin/login/")
            page.locator("[name=username]").fill(account)
            page.locator("[name=password]").fill(demo.password)
            page.locator("[name=password]").press("Enter")
            page.wait_for_url("**/admin/")
            _sessions[account] = context.storage_state()
        return page

    return open_page


@pytest.fixture
def admin_page(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("admin")


@pytest.fixture
def publisher_page(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("publisher")


@pytest.fixture
def editor_page(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("editor")


@pytest.fixture
def data_manager_page(signed_in: Callable[[str], Page]) -> Page:
    return signed_in("data-manager")


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail, with axe's report, when a page breaks one of axe's accessibility rules."""

    def check(page: Page) -> None:
        results = Axe().run(page)
        assert results.violations_count == 0, results.generate_report()

    return check
