"""What is pasted from Word into rich text becomes what the field holds, or is told of."""

import json

from playwright.sync_api import Locator, Page, expect

from tests.browser import word_clipboard as word
from tests.browser.admin_ui import HOME, begin_page, new_title, section, wait_until_saved
from tests.browser.word_clipboard import page_of, paste

PLAIN, HEADING, BULLET, NUMBER = (
    "unstyled",
    "header-three",
    "unordered-list-item",
    "ordered-list-item",
)
Lines = list[tuple[str, int, str]]


def editor_of(page: Page, name: str) -> Locator:
    """Return the place to type into of a rich text by the name of its field."""
    field = page.locator(f"[name='{name}'] ~ [data-draftail-editor-wrapper]")
    return field.get_by_role("textbox")


def note(page: Page) -> Locator:
    return page.locator(".eoc-pasted:not(:empty)")


def saved(page: Page, name: str) -> Lines:
    """Return the lines of a rich text as the draft holds them: kind, depth and words."""
    wait_until_saved(page)
    page.reload()
    content = json.loads(page.locator(f"[name='{name}']").input_value())
    return [(block["type"], block["depth"], block["text"]) for block in content["blocks"]]


def begin_guide(page: Page) -> str:
    """Start a guide with one text in its body, and return the name of that field."""
    begin_page(page, "Resource", below=[HOME, "Resources"], title=new_title("Pasted"))
    body = section(page, "Body")
    body.get_by_role("button", name="Insert a block").first.click()
    page.get_by_role("option", name="Text", exact=True).first.click()
    return "body-0-value"


def test_a_text_from_word_keeps_its_lists_and_tells_what_it_lost(editor_page: Page) -> None:
    name = begin_guide(editor_page)
    everything = page_of(
        *(word.HEADING, word.PARAGRAPH, word.BULLETS, word.NUMBERS, word.PICTURE, word.TABLE),
        *(word.COMMENT, word.NOTE, word.TEXT_BOX, word.NOTE_LIST, word.COMMENT_LIST),
    )
    paste(editor_of(editor_page, name), everything)
    for words in (
        *("Headings are plain lines now", "the block “Heading”", "Tables are plain lines now"),
        *("Pictures are left out", "Comments are left out", "Text marked as deleted is left out"),
        *("Footnotes and endnotes are plain text", "Text boxes are left out"),
    ):
        expect(note(editor_page)).to_contain_text(words)
    assert saved(editor_page, name) == [
        (PLAIN, 0, "Before you begin"),
        (PLAIN, 0, "Hear the room and read the room."),
        (BULLET, 0, "Listen"),
        (BULLET, 1, "In the room"),
        (BULLET, 0, "Answer"),
        (NUMBER, 0, "Ask first"),
        (NUMBER, 0, "Then tell"),
        (PLAIN, 0, "Session | For"),
        (PLAIN, 0, "Workshop | New officers"),
        (PLAIN, 0, "Agreed terms."),
        (PLAIN, 0, "As was found[1]."),
        (PLAIN, 0, "[1] By the members."),
    ]


def test_headings_become_those_that_the_field_offers(editor_page: Page) -> None:
    begin_page(editor_page, "Video", below=[HOME, "Resources"], title=new_title("Pasted"))
    pasted = page_of(word.HEADING, word.SMALL_HEADING, word.PARAGRAPH, word.NUMBERS)
    paste(editor_of(editor_page, "transcript"), pasted)
    expect(note(editor_page)).to_contain_text("Bullets and numbers are the other way about")
    expect(note(editor_page)).not_to_contain_text("Headings")
    assert saved(editor_page, "transcript") == [
        (HEADING, 0, "Before you begin"),
        (HEADING, 0, "A small heading"),
        (PLAIN, 0, "Hear the room and read the room."),
        (BULLET, 0, "Ask first"),
        (BULLET, 0, "Then tell"),
    ]


def test_what_a_field_holds_is_pasted_without_a_note(editor_page: Page) -> None:
    name = begin_guide(editor_page)
    editor = editor_of(editor_page, name)
    paste(editor, page_of(word.PICTURE))
    expect(note(editor_page)).to_be_visible()
    paste(editor, page_of(word.PARAGRAPH))
    expect(note(editor_page)).to_have_count(0)
    expect(editor.get_by_role("button", name="the room")).to_be_visible()


def test_the_note_is_closed_by_its_button(editor_page: Page) -> None:
    name = begin_guide(editor_page)
    paste(editor_of(editor_page, name), page_of(word.TABLE))
    note(editor_page).get_by_role("button", name="Close this note").click()
    expect(note(editor_page)).to_have_count(0)
    expect(editor_of(editor_page, name)).to_contain_text("Workshop | New officers")
