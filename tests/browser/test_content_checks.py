"""Wagtail's checks, with ours among them, tell an editor what is wrong, and nothing more."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

VAGUE = "The words of this link do not say where it leads"
ADDRESS = "This link shows a web address instead of words"
EMPTY_PART = "Nothing stands under this heading"
PICTURE_OF_TEXT = "Is this a picture of text?"
NO_TRANSCRIPT = "This video has no transcript"
FOLDED = "A heading in a folded part skips a level"
# Each block with the findings it leads to.
FINDINGS: list[tuple[str, Any, list[str]]] = [
    ("text", '<a href="https://example.org/a">Click here!</a>', [VAGUE]),
    ("text", '<a href="https://example.org/a">The programme of the convening</a>', []),
    ("text", '<a href="https://example.org/b">https://example.org/b</a>', [ADDRESS]),
    ("text", '<a href="mailto:a@example.org">a@example.org</a>', []),
    ("heading", {"text": "A part with words", "level": "h2"}, []),
    ("text", "<p>Words.</p>", []),
    ("heading", {"text": "An empty part", "level": "h2"}, [EMPTY_PART]),
    ("heading", {"text": "A part with a part", "level": "h2"}, []),
    ("heading", {"text": "Its part", "level": "h3"}, []),
    ("image", {"alt_text": "Flyer of the convening"}, [PICTURE_OF_TEXT]),
    ("image", {"alt_text": "Members talk in small groups " * 10}, [PICTURE_OF_TEXT]),
    ("image", {"alt_text": "Members talk in small groups"}, []),
    ("video", {"captions": "captions"}, [NO_TRANSCRIPT]),
    ("video", {"captions": "no_speech"}, []),
    ("video", {"captions": "captions", "transcript": rich_text("<p>Welcome.</p>")}, []),
    ("heading", {"text": "Nothing follows", "level": "h2"}, [EMPTY_PART]),
]
DEMO_PAGES = [
    "/",
    "/collective/",
    "/resources/",
    "/resources/empowering-equity-officers/",
    "/resources/atlanta-convening/",
    "/contact/",
    "/privacy/",
    "/accessibility/",
]


def findings(page: Page) -> Locator:
    return page.locator("wagtail-userbar [data-content-checker-name]")


def expect_checked(page: Page) -> None:
    """Wait until the checks have run, which ends with their number in the bar."""
    expect(page.locator("wagtail-userbar [data-content-checker-count]").first).to_have_text(
        re.compile(r"^\d+$")
    )


def block(kind: str, value: Any, picture: str) -> tuple[str, Any]:
    if kind == "text":
        return kind, rich_text(value)
    if kind == "image":
        # A picture's own part of the form is named as the block that holds it.
        return kind, {"image": {"image": picture, **value}, "caption": "", "credit": ""}
    if kind == "video":
        address = "https://vimeo.com/76979871"
        return kind, {"url": address, "title": "A talk", "transcript": rich_text(""), **value}
    return kind, value


def save_draft(page: Page) -> str:
    """Make a page of text with a block of each kind; return its key."""
    page.goto("/admin/images/")
    picture = page.locator('a[href^="/admin/images/"]').filter(has=page.locator("img")).first
    key = re.findall(r"\d+", picture.get_attribute("href") or "")[0]
    page.goto("/admin/")
    form = page.get_by_role("link", name="Build a form").get_attribute("href") or ""
    address = form.replace("forms/new", "pages/add/home/standardpage")
    data = nested_form_data(
        {
            "title": "Everything at once",
            "slug": "everything-at-once",
            "introduction": rich_text(""),
            "body": streamfield([block(kind, value, key) for kind, value, _ in FINDINGS]),
            "comments": inline_formset([]),
        }
    )
    page.goto(address)
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    answer = page.request.post(
        address,
        form={name: str(value) for name, value in data.items()},
        headers={"X-CSRFToken": token, "Referer": page.url},
    )
    saved = re.search(r"/admin/pages/(\d+)/edit/", answer.url)
    assert saved is not None
    return saved[1]


def test_each_slip_is_found_and_what_is_right_is_left_alone(editor_page: Page) -> None:
    key = save_draft(editor_page)
    editor_page.goto(f"/admin/pages/{key}/view_draft/")
    expect_checked(editor_page)
    expected = sorted(name for _kind, _value, names in FINDINGS for name in names)
    assert sorted(findings(editor_page).all_text_contents()) == expected

    editor_page.goto(f"/admin/pages/{key}/edit/")
    editor_page.get_by_role("button", name="Toggle checks").click()
    panel = editor_page.locator("[data-checks-panel] [data-content-checker-name]")
    expect(panel).to_have_count(len(expected))
    assert sorted(panel.all_text_contents()) == expected


def test_heading_in_a_folded_part_is_seen(editor_page: Page) -> None:
    editor_page.route(
        "**/accessibility/",
        lambda route: route.fulfill(response=(answer := route.fetch()), body=folded(answer.text())),
    )
    editor_page.goto("/accessibility/")
    expect_checked(editor_page)
    expect(findings(editor_page)).to_have_text([FOLDED])


def folded(page: str) -> str:
    """Add a folded part whose heading skips a level, as an older transcript may hold."""
    part = "<details><summary>Transcript</summary><h6>Part one</h6><p>Welcome.</p></details>"
    return page.replace("</main>", f"{part}</main>")


@pytest.mark.parametrize("path", DEMO_PAGES)
def test_demo_has_nothing_to_find(editor_page: Page, path: str) -> None:
    # The first to visit a page waits for its pictures to be cut to size.
    editor_page.goto(path, timeout=60_000)
    expect_checked(editor_page)
    assert findings(editor_page).all_text_contents() == []
