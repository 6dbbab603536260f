"""The pages of ours in the admin under axe, as a tablet and a desk show them, light and dark."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from tests import media_files
from tests.browser import admin_ui
from tests.browser import word_clipboard as word
from tests.browser.admin_ui import HOME
from tests.browser.test_late_answers import begin, comment, press

WIDTHS = [768, 1280]
SCHEMES: list[Literal["light", "dark"]] = ["light", "dark"]
GUIDE = "Empowering Equity Officers: Overcoming Pushback and Setbacks"
FORM = "Get the guides"
WALK_MILLISECONDS = 120_000
SETTLED_MILLISECONDS = 400
Check = Callable[[Page], None]


@pytest.fixture
def axe_everywhere(axe: Check) -> Check:
    """Run axe on the page as it stands, at each width and in each scheme."""

    def check(page: Page) -> None:
        # A tooltip, shown where the mouse or the focus is, stands outside all landmarks.
        page.mouse.move(0, 0)
        page.evaluate("document.activeElement.blur()")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 900})
            assert page.evaluate("document.documentElement.scrollWidth") <= width
            for scheme in SCHEMES:
                page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
                # Wagtail's buttons change their colors slowly all the same.
                page.wait_for_timeout(SETTLED_MILLISECONDS)
                axe(page)

    return check


def open_page(page: Page, title: str, *, below: list[str]) -> str:
    """Open a page of the demo in its form, and return its address."""
    page.goto("/admin/pages/")
    for parent in below:
        page.get_by_role("link", name=f"Explore child pages of '{parent}'").click()
    page.get_by_role("link", name=title, exact=True).first.click()
    expect(page).to_have_url(re.compile("/edit/$"))
    page.wait_for_load_state("load")
    page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    return page.url.removesuffix("edit/")


@pytest.mark.parametrize(
    "path", ["/admin/guide/", "/admin/guide/?q=video", "/admin/guide/?q=xyzzy"]
)
def test_guide_breaks_no_rule(editor_page: Page, axe_everywhere: Check, path: str) -> None:
    editor_page.goto(path)
    expect(editor_page.get_by_role("heading", level=1)).to_contain_text("Editor guide")
    axe_everywhere(editor_page)


def test_check_of_locks_breaks_no_rule(publisher_page: Page, axe_everywhere: Check) -> None:
    page = publisher_page
    open_page(page, GUIDE, below=[HOME, "Resources"])
    page.get_by_role("link", name="Is it really locked?").click()
    axe_everywhere(page)
    page.get_by_role("button", name=re.compile("Try every way|Try again")).click()
    expect(page.get_by_role("heading", name="Every way is being tried")).to_be_visible()
    axe_everywhere(page)
    verdict = page.get_by_role("heading", name="Yes, it is locked")
    expect(page.get_by_role("button", name="Try again")).to_be_visible(timeout=WALK_MILLISECONDS)
    expect(verdict).to_be_visible()
    axe_everywhere(page)


def test_form_builder_and_its_mails_break_no_rule(
    publisher_page: Page, axe_everywhere: Check
) -> None:
    page = publisher_page
    open_page(page, FORM, below=[HOME])
    expect(page.get_by_role("region", name=re.compile("Field 1: Work e-mail"))).to_be_visible()
    axe_everywhere(page)
    admin_ui.preview(page)
    for mode in ("Mail to the visitor", "Mail to staff"):
        shown = admin_ui.preview_as(page, mode)
        expect(shown.get_by_text("Subject")).to_be_visible()
        axe_everywhere(page)


@pytest.mark.parametrize(("title", "below"), [(GUIDE, [HOME, "Resources"]), (FORM, [HOME])])
def test_questions_before_a_page_goes_break_no_rule(
    publisher_page: Page, axe_everywhere: Check, title: str, below: list[str]
) -> None:
    address = open_page(publisher_page, title, below=below)
    for act in ("delete/", "unpublish/"):
        publisher_page.goto(address + act)
        axe_everywhere(publisher_page)


def test_what_a_reviewer_asks_for_breaks_no_rule(
    editor_page: Page, publisher_page: Page, axe_everywhere: Check
) -> None:
    begin(editor_page)
    address = editor_page.url
    admin_ui.submit(editor_page)
    publisher_page.goto(address)
    publisher_page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    press(publisher_page, "Request changes")
    with publisher_page.expect_navigation():
        comment(publisher_page, "Request changes")
    editor_page.goto(address)
    editor_page.wait_for_function(admin_ui.IS_WATCHING_EDITS)
    axe_everywhere(editor_page)
    editor_page.goto("/admin/")
    expect(editor_page.get_by_role("region", name="What needs attention")).to_contain_text(
        "Changes were requested"
    )
    axe_everywhere(editor_page)


def test_refused_captions_break_no_rule(
    editor_page: Page, axe_everywhere: Check, tmp_path: Path
) -> None:
    video, captions = tmp_path / "clip.mp4", tmp_path / "wrong.vtt"
    video.write_bytes(media_files.mp4())
    captions.write_bytes(media_files.CAPTIONS.replace(b".000", b",000"))
    admin_ui.begin_page(
        editor_page, "Video", below=[HOME, "Resources"], title=admin_ui.new_title("Clip")
    )
    chooser = admin_ui.open_video_upload(editor_page)
    axe_everywhere(editor_page)
    admin_ui.upload_video(chooser, video, captions)
    expect(chooser).to_contain_text("these are not the times of a caption")
    axe_everywhere(editor_page)


def test_note_on_what_was_pasted_breaks_no_rule(editor_page: Page, axe_everywhere: Check) -> None:
    admin_ui.begin_page(
        editor_page, "Video", below=[HOME, "Resources"], title=admin_ui.new_title("Pasted")
    )
    box = editor_page.get_by_role("textbox", name="Transcript")
    word.paste(box, word.page_of(word.TABLE, word.PICTURE))
    expect(editor_page.locator(".eoc-pasted:not(:empty)")).to_be_visible()
    axe_everywhere(editor_page)
