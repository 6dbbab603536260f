"""The editor's way through Wagtail's own screens: a guide and a form, approved and live."""

from collections.abc import Callable
from pathlib import Path

import pytest
from django.utils.text import slugify
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser import admin_ui, visiting
from tests.browser.admin_ui import HOME
from tests.running_demo import Demo

FORM = "Get the guides"
NewContext = Callable[..., BrowserContext]


def test_editor_writes_a_guide_and_a_publisher_puts_it_up_locked(
    new_context: NewContext, demo: Demo, publisher_page: Page, pdf: Path
) -> None:
    title = admin_ui.new_title("Listening well")
    address = f"/resources/{slugify(title)}/"
    editor, stranger = new_context().new_page(), new_context().new_page()
    admin_ui.sign_in(editor, "editor", demo.password)
    admin_ui.write_resource(editor, pdf, title=title, form=FORM)
    shown = admin_ui.preview(editor, "After the form")
    expect(shown.get_by_role("link", name="Download the guide")).to_contain_text("PDF")
    admin_ui.submit(editor)
    assert status_of(stranger, address) == 404

    admin_ui.approve(publisher_page, title)
    stranger.goto("/sitemap.xml")
    expect(stranger.locator("body")).to_contain_text(f"{demo.url}{address}")
    stranger.goto("/search/")
    stranger.get_by_role("main").get_by_role("searchbox").fill(title)
    stranger.keyboard.press("Enter")
    expect(stranger.get_by_role("link", name=title, exact=True)).to_be_visible()
    stranger.goto("/resources/")
    stranger.get_by_role("link", name=title, exact=True).click()
    visiting.expect_locked(stranger)
    stranger.goto(admin_ui.address_of_document(editor, f"{title}, the file"))
    assert stranger.url == f"{demo.url}{address}"
    visiting.expect_locked(stranger)

    visiting.fill_in(stranger, address=visiting.new_address())
    visiting.send(stranger)
    visiting.expect_unlocked(stranger)
    assert visiting.download(stranger) == pdf.read_bytes()


def status_of(page: Page, path: str) -> int:
    answer = page.goto(path)
    assert answer is not None
    return answer.status


@pytest.mark.parametrize("kind", ["Resource", "Video"])
def test_page_can_be_previewed_before_it_is_first_saved(editor_page: Page, kind: str) -> None:
    title = admin_ui.new_title("Not saved yet")
    # Wagtail saves a draft by itself; here that never gets through.
    editor_page.route(
        "**/admin/pages/add/resources/*/*/",
        lambda route: route.abort() if route.request.method == "POST" else route.continue_(),
    )
    admin_ui.begin_page(editor_page, kind, below=[HOME, "Resources"], title=title)
    shown = admin_ui.preview(editor_page)
    expect(shown.get_by_role("heading", level=1)).to_have_text(title)


def test_editor_builds_a_form_that_becomes_the_gate_of_a_guide(
    new_context: NewContext,
    editor_page: Page,
    publisher_page: Page,
    pdf: Path,
    axe: Callable[[Page], None],
) -> None:
    form, title = (
        admin_ui.new_title("Tell us where you work"),
        admin_ui.new_title("Hearing families"),
    )
    admin_ui.begin_page(editor_page, "Form page", below=[HOME], title=form)
    add = admin_ui.add_field
    add(editor_page, label="Your e-mail", kind="Email", required=True, why_we_ask="To write back.")
    sizes = "Under 5,000 students\n5,000 to 25,000 students\nMore than that"
    add(editor_page, label="Size", kind="Radio buttons", required=True, choices=sizes)
    add(editor_page, label="Grades", kind="Checkboxes", choices="Elementary, Middle, High")
    add(editor_page, label="Your hopes", kind="Multi-line text", hint="A line or two.")
    consent = "Write to me about the next guide"
    add(editor_page, label="Updates", kind="Consent", consent_wording=consent)
    editor_page.get_by_role("textbox", name="Words on the button").fill("Open the guide")
    admin_ui.wait_until_saved(editor_page)
    admin_ui.submit(editor_page)
    admin_ui.approve(publisher_page, form)
    admin_ui.write_resource(editor_page, pdf, title=title, form=form)
    admin_ui.submit(editor_page)
    admin_ui.approve(publisher_page, title)

    stranger = new_context().new_page()
    stranger.goto(f"/resources/{slugify(title)}/")
    visiting.expect_locked(stranger)
    expect(stranger.get_by_role("group", name="Size").get_by_role("radio")).to_have_count(3)
    expect(stranger.get_by_label(consent)).not_to_be_checked()
    axe(stranger)
    stranger.get_by_role("group", name="Grades").get_by_label("Middle").check()
    visiting.send(stranger)
    summary = visiting.error_summary(stranger)
    expect(summary.get_by_role("link")).to_have_count(2)
    expect(stranger.get_by_label("Middle")).to_be_checked()
    axe(stranger)
    summary.get_by_role("link", name="Size").click()
    expect(stranger.get_by_label("Under 5,000 students")).to_be_focused()
    stranger.get_by_label("5,000 to 25,000 students").check()
    stranger.get_by_label("Your e-mail").fill(visiting.new_address())
    visiting.send(stranger)
    visiting.expect_unlocked(stranger)
    assert visiting.download(stranger) == pdf.read_bytes()
    # An answer to this form opens nothing that stands behind another one.
    stranger.goto(visiting.GUIDE)
    visiting.expect_locked(stranger)


@pytest.mark.parametrize("account", ["editor", "publisher"])
def test_who_writes_pages_finds_pictures_and_files(
    signed_in: Callable[[str], Page], account: str
) -> None:
    page = signed_in(account)
    page.goto("/admin/")
    for name in ("Images", "Documents", "Media"):
        expect(admin_ui.main_menu(page).get_by_role("link", name=name)).to_be_visible()
    page.goto("/admin/documents/")
    expect(page.get_by_role("link", name="Add a document")).to_be_visible()
