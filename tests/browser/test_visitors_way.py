"""The visitor's way in a real browser, and every page type under axe."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page

GUIDE = "/resources/empowering-equity-officers/"
PAGES = [
    "/",
    "/collective/",
    "/resources/",
    GUIDE,
    "/resources/atlanta-convening/",
    "/contact/",
    "/search/?q=guide",
    "/privacy/",
]


@pytest.mark.parametrize("path", PAGES)
def test_page_breaks_no_accessibility_rule(
    page: Page, axe: Callable[[Page], None], path: str
) -> None:
    page.goto(path)
    axe(page)


@pytest.mark.parametrize("scripts", [True, False])
def test_form_gives_the_guide(new_context: Callable[..., BrowserContext], scripts: bool) -> None:
    page = new_context(java_script_enabled=scripts).new_page()
    page.goto(GUIDE)
    page.get_by_label("Work e-mail").fill(f"browser-{scripts}@example.org")
    page.get_by_label("Role").select_option("Other leader")
    page.get_by_role("button", name="Open the guide").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Download the guide").click()
    assert download.value.suggested_filename.endswith(".pdf")
