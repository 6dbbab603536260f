"""An editor who chooses a file is told at once whether everybody can use it."""

from pathlib import Path

from playwright.sync_api import Page, expect

from tests import pdf_files
from tests.browser import admin_ui
from tests.browser.admin_ui import HOME


def test_report_follows_the_chosen_file(editor_page: Page, tmp_path: Path) -> None:
    scan, guide = tmp_path / "scan.pdf", tmp_path / "guide.pdf"
    scan.write_bytes(pdf_files.scanned())
    guide.write_bytes(pdf_files.tagged())
    admin_ui.begin_page(editor_page, "Resource", below=[HOME, "Resources"], title="For everybody")
    files = admin_ui.section(editor_page, "Files")

    admin_ui.upload_document(editor_page, scan, title="A scan of it")
    expect(files).to_contain_text("Its pages are pictures")
    admin_ui.upload_document(editor_page, guide, title="The guide itself")
    expect(files).to_contain_text("All that can be checked by machine is in order.")
    expect(files).to_contain_text("Its pages are pictures")

    admin_ui.wait_until_saved(editor_page)
    actions = editor_page.get_by_role("navigation", name="Actions (footer)")
    actions.get_by_role("button", name="Save draft").click()
    expect(editor_page.locator(".messages")).to_contain_text("For everybody")
    editor_page.reload()
    expect(files.locator("[data-file-report]")).to_have_count(2)
    expect(files.locator("[data-file-report]").first).to_contain_text("Its pages are pictures")
