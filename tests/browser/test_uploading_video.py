"""An editor uploads a video with its captions where it is chosen, and a publisher puts it up."""

import re
from pathlib import Path

import pytest
from django.utils.text import slugify
from playwright.sync_api import Page, expect

from tests import media_files
from tests.browser import admin_ui
from tests.browser.admin_ui import HOME, section


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Store what an editor has on their computer: captions that failed, as .srt, and a video."""
    made = {
        "wrong.vtt": media_files.CAPTIONS.replace(b".000", b",000"),
        "captions.srt": media_files.SUBRIP,
        "atlanta in may.mp4": media_files.mp4(),
    }
    for name, content in made.items():
        (tmp_path / name).write_bytes(content)
    return {name: tmp_path / name for name in made}


def test_captioned_video_is_uploaded_where_it_is_chosen(
    editor_page: Page, publisher_page: Page, page: Page, files: dict[str, Path]
) -> None:
    title = admin_ui.new_title("Members in Atlanta")
    admin_ui.begin_page(editor_page, "Video", below=[HOME, "Resources"], title=title)
    chooser = admin_ui.open_video_upload(editor_page)
    admin_ui.upload_video(chooser, files["atlanta in may.mp4"], files["wrong.vtt"])
    expect(chooser).to_contain_text("Line 3: these are not the times of a caption.")
    expect(chooser).to_contain_text("Put that right and choose this file again.")

    admin_ui.upload_video(chooser, files["atlanta in may.mp4"], files["captions.srt"])
    expect(chooser).to_have_count(0)
    expect(section(editor_page, "Video")).to_contain_text("atlanta in may")
    editor_page.get_by_label("Captions").select_option("captions")
    transcript = section(editor_page, "About the video").locator("[contenteditable=true]")
    transcript.press_sequentially("Members met in Atlanta.")
    # The editor of texts hands on what is typed a moment later.
    expect(editor_page.locator("[name=transcript]")).to_have_value(re.compile("met in Atlanta"))
    admin_ui.wait_until_saved(editor_page)
    admin_ui.submit(editor_page)
    admin_ui.approve(publisher_page, title)

    page.goto(f"/resources/{slugify(title)}/")
    expect(page.locator("video track[kind=captions]")).to_have_count(1)
    captions = page.locator("video track").get_attribute("src") or ""
    assert page.request.get(captions).text().startswith("WEBVTT\n\n00:00:00.000")


def test_missing_title_is_told_in_the_window(editor_page: Page, files: dict[str, Path]) -> None:
    title = admin_ui.new_title("No title of the video")
    admin_ui.begin_page(editor_page, "Video", below=[HOME, "Resources"], title=title)
    chooser = admin_ui.open_video_upload(editor_page)
    chooser.get_by_role("button", name="Upload").click()
    expect(chooser).to_contain_text("This field is required.")
    expect(chooser.get_by_role("button", name="Upload")).to_be_enabled()
