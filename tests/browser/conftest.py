"""A real browser before the real site: what `make demo` runs, in a folder of its own."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import BrowserContext, BrowserType, Page, expect
from pytest_django import DjangoDbBlocker

from home.demo.content import load_guides
from home.demo.typesetting import typeset_guide
from tests import databases
from tests.browser.admin_ui import sign_in
from tests.browser.watching import Watch
from tests.chromium import find_chromium
from tests.running_demo import Demo, running_demo

STEP_MILLISECONDS = 15_000
PAGE_MILLISECONDS = 60_000  # the first visit to a page makes its pictures
expect.set_options(timeout=STEP_MILLISECONDS)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every test of this folder, so that none can miss its part of the run."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker(pytest.mark.browser)


# Before any browser: once its loop runs, Django would not make the tables.
@pytest.fixture(scope="session", autouse=True)
def demo(
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
    django_db_blocker: DjangoDbBlocker,
) -> Iterator[Demo]:
    """Run one demo for the whole session, on tables that need not be made again."""
    folder = tmp_path_factory.mktemp("demo")
    with django_db_blocker.unblock():
        databases.sqlite_copies(request.config).copy_migrated(folder / "db.sqlite3")
    with running_demo(folder) as running:
        yield running


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
def watch(demo: Demo) -> Iterator[Watch]:
    """Fail the test when one of its pages did what no page may do."""
    watching = Watch(demo.url)
    yield watching
    assert watching.troubles == []


@pytest.fixture
def new_context(
    new_context: Callable[..., BrowserContext], watch: Watch
) -> Callable[..., BrowserContext]:
    """Make browser contexts that are watched."""

    def make(**options: Any) -> BrowserContext:
        context = watch.over(new_context(**options))
        context.set_default_timeout(STEP_MILLISECONDS)
        context.set_default_navigation_timeout(PAGE_MILLISECONDS)
        return context

    return make


@pytest.fixture
def cookieless_page(
    browser_type: BrowserType,
    browser_type_launch_args: dict[str, Any],
    demo: Demo,
    watch: Watch,
    tmp_path: Path,
) -> Iterator[Page]:
    """Give a page of a browser whose owner has blocked all cookies in its settings."""
    preferences = {"profile": {"default_content_setting_values": {"cookies": 2}}}
    (tmp_path / "Default").mkdir()
    (tmp_path / "Default" / "Preferences").write_text(json.dumps(preferences), encoding="utf-8")
    context = browser_type.launch_persistent_context(
        tmp_path, base_url=demo.url, **browser_type_launch_args
    )
    yield watch.over(context).new_page()
    kept = context.cookies()
    context.close()
    assert kept == []


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
            sign_in(page, account, demo.password)
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


@pytest.fixture(scope="session")
def pdf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a real guide, as an editor has it on their computer."""
    file = tmp_path_factory.mktemp("desk") / "listening well, final.pdf"
    file.write_bytes(typeset_guide(load_guides()[0]))
    return file


@pytest.fixture
def axe() -> Callable[[Page], None]:
    """Fail, with axe's report, when a page breaks one of axe's accessibility rules.

    All rules are on that axe runs by itself, its best practices among them, and
    one that it leaves out: the size of targets (WCAG 2.2, 2.5.8).
    """
    options = {"resultTypes": ["violations"], "rules": {"target-size": {"enabled": True}}}

    def check(page: Page) -> None:
        results = Axe().run(page, options=options)
        assert results.violations_count == 0, results.generate_report()

    return check
