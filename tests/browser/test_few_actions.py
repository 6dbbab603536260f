"""From the admin's home to a locked guide on the site in few actions, and nowhere else."""

import re
import uuid
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from home.demo.content import load_guides
from home.demo.typesetting import typeset_guide
from tests.browser import admin_ui, visiting
from tests.browser.admin_ui import section

MOST_ACTIONS = 10


class Hands:
    """Counts what a person does: a click, a field, a choice each count one."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def click(self, what: Locator) -> None:
        self.done.append(f"click {what}")
        what.click()

    def fill(self, what: Locator, text: str) -> None:
        self.done.append(f"fill {what}")
        what.fill(text)

    def choose_file(self, what: Locator, file: Path) -> None:
        self.done.append(f"choose a file for {what}")
        what.set_input_files(file)


def test_publisher_needs_few_actions_for_a_guide_behind_a_form(
    publisher_page: Page, tmp_path: Path
) -> None:
    page, hands = publisher_page, Hands()
    title = f"Listening well {uuid.uuid4().hex[:6]}"
    file = tmp_path / "listening-well.pdf"
    file.write_bytes(typeset_guide(load_guides()[0]))

    page.goto("/admin/")
    hands.click(page.get_by_role("link", name="Publish a guide"))
    expect(page.get_by_role("heading", level=1, name="New: Resource")).to_be_visible()
    page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    hands.fill(page.get_by_role("textbox", name="Title*", exact=True), title)
    hands.fill(page.get_by_role("textbox", name="Summary"), "How to hear a room.")
    hands.click(section(page, "Files").get_by_role("button", name="Add file"))
    hands.click(section(page, "Files").get_by_role("button", name="Choose a document").last)
    chooser = page.locator(".modal-dialog")
    hands.click(chooser.get_by_role("tab", name="Upload"))
    hands.choose_file(chooser.get_by_label("File", exact=False), file)
    # The document's title is taken from the name of the file.
    expect(chooser.get_by_label("Title")).to_have_value("listening-well")
    hands.click(chooser.get_by_role("button", name="Upload"))
    expect(section(page, "Gate")).to_contain_text("Get the guides")
    admin_ui.wait_until_saved(page)
    footer = page.get_by_role("navigation", name="Actions (footer)")
    hands.click(footer.get_by_role("button", name="More actions"))
    hands.click(footer.get_by_role("button", name="Publish", exact=True))
    expect(page.get_by_role("status").first).to_contain_text(re.compile("published|updated"))

    assert len(hands.done) <= MOST_ACTIONS, hands.done
    page.goto("/admin/account/")
    page.context.clear_cookies()
    page.goto("/resources/")
    page.get_by_role("link", name=title, exact=True).click()
    visiting.expect_locked(page)
    expect(page.get_by_role("main")).to_contain_text("PDF")
