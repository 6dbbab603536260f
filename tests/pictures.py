"""Take the pictures of the guides in docs/ from the running demo, so that they stay true.

Run by `make pictures`. Each picture is a step of docs/editor-guide.md, or the README's.
"""

import sys
import tempfile
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

from home.demo.content import load_guides
from home.demo.typesetting import typeset_guide
from tests.browser import admin_ui, visiting
from tests.browser.admin_ui import section
from tests.chromium import find_chromium
from tests.running_demo import Demo, running_demo

IMAGES = Path(__file__).resolve().parent.parent / "docs" / "images"
SIZE = {"width": 1280, "height": 800}

GUIDE = "/resources/empowering-equity-officers/"


def main() -> int:
    chromium = find_chromium()
    if chromium is None:
        print("No Chromium was found. On Debian: apt-get install chromium", file=sys.stderr)
        return 1
    with (
        tempfile.TemporaryDirectory(prefix="eoc-pictures-") as folder,
        running_demo(Path(folder)) as demo,
        sync_playwright() as playwright,
    ):
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for take in (take_visitors, take_editors, take_managers):
            take(browser, demo)
        browser.close()
    return 0


def new_page(browser: Browser, demo: Demo, account: str = "") -> Page:
    context = browser.new_context(base_url=demo.url, viewport=SIZE, reduced_motion="reduce")  # type: ignore[arg-type]
    page = context.new_page()
    if account:
        admin_ui.sign_in(page, account, demo.password)
    return page


def keep(page: Page, name: str, *, at: Callable[[Page], None] | None = None) -> None:
    """Write what the window shows to docs/images, as soon as nothing moves any more."""
    if at:
        at(page)
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(600)
    file = IMAGES / f"{name}.png"
    file.parent.mkdir(parents=True, exist_ok=True)
    page.screenshot(path=file)
    print(file.relative_to(IMAGES.parent.parent))


def take_visitors(browser: Browser, demo: Demo) -> None:
    page = new_page(browser, demo)
    page.goto("/")
    keep(page, "home")
    # What the data manager's pictures show is a real answer to the demo's form.
    page.goto(GUIDE)
    visiting.fill_in(page, address="ana@example.org")
    visiting.send(page)


def take_editors(browser: Browser, demo: Demo) -> None:
    page = new_page(browser, demo, "publisher")
    keep(page, "editor-guide/admin-home")
    _take_new_guide(page)
    _take_blocks(page)
    _take_form_builder(page)
    page.goto("/admin/")
    page.get_by_role("link", name="Publish a video").click()
    page.get_by_role("heading", level=1, name="New: Video").wait_for()
    page.wait_for_load_state("load")
    keep(page, "editor-guide/video")


def _take_new_guide(page: Page) -> None:
    page.get_by_role("link", name="Publish a guide").click()
    page.get_by_role("heading", level=1, name="New: Resource").wait_for()
    page.wait_for_load_state("load")
    page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    page.get_by_role("textbox", name="Title*", exact=True).fill("Listening before you answer")
    page.get_by_role("textbox", name="Summary").fill("How to hear a room before you answer it.")
    with tempfile.TemporaryDirectory() as folder:
        pdf = Path(folder) / "listening.pdf"
        pdf.write_bytes(typeset_guide(load_guides()[0]))
        admin_ui.upload_document(page, pdf, title="Listening before you answer")
    admin_ui.wait_until_saved(page)
    keep(page, "editor-guide/new-guide", at=to_the_top)
    keep(page, "editor-guide/gate", at=lambda page: to_middle(page, "Gate"))
    admin_ui.preview(page, "After the form")
    keep(page, "editor-guide/preview")
    page.get_by_role("button", name="Toggle checks").click()
    keep(page, "editor-guide/checks")


def _take_blocks(page: Page) -> None:
    body = section(page, "Body")
    page.get_by_role("button", name="Toggle checks").click()
    to_middle(page, "Body")
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Prompt").first.hover()
    keep(page, "editor-guide/blocks")
    page.keyboard.press("Escape")


def _take_form_builder(page: Page) -> None:
    admin_ui.begin_page(page, "Form page", below=[admin_ui.HOME], title="Sign up for the convening")
    admin_ui.add_field(page, label="Work e-mail", kind="Email", required=True)
    keep(page, "editor-guide/form-builder", at=lambda page: to_middle(page, "Fields"))


def take_managers(browser: Browser, demo: Demo) -> None:
    page = new_page(browser, demo, "data-manager")
    page.goto("/admin/forms_app/submission/")
    keep(page, "editor-guide/submissions")
    page = new_page(browser, demo, "admin")
    page.goto("/admin/settings/core/sitesettings/")
    page.get_by_role("button", name="Toggle preview").click()
    keep(page, "editor-guide/site-settings")


def to_the_top(page: Page) -> None:
    page.evaluate("scrollTo(0, 0)")


def to_middle(page: Page, heading: str) -> None:
    section(page, heading).evaluate("part => part.scrollIntoView({ block: 'start' })")
    page.evaluate("scrollBy(0, -140)")


if __name__ == "__main__":
    sys.exit(main())
