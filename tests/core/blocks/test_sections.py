"""A page's text is set in sections; no block is lost and none stands under a wrong heading."""

from typing import Any

import pytest

from eoc_cms.core.blocks import BodyBlock
from eoc_cms.core.templatetags.section_tags import contents_of, sections_of

BODY = BodyBlock()
TEXT = ("text", "<p>Words</p>")


def heading(text: str, level: str = "h2") -> tuple[str, dict[str, str]]:
    return ("heading", {"text": text, "level": level})


def call_to_action() -> tuple[str, dict[str, Any]]:
    value = {"title": "Go", "button_label": "Go", "page": None, "url": "https://example.org/"}
    return ("call_to_action", value)


def question(text: str) -> tuple[str, dict[str, Any]]:
    return ("core_question", {"number": 1, "question": text, "guidance": []})


def stream(*blocks: tuple[str, Any]) -> Any:
    return BODY.to_python([{"type": name, "value": value} for name, value in blocks])


def test_heading_opens_a_section_with_what_follows_it() -> None:
    first, second = sections_of(stream(heading("One"), TEXT, TEXT, heading("Two"), TEXT))
    assert first.heading
    assert first.heading.heading == "One"
    assert len(first.blocks) == 2
    assert second.heading
    assert second.heading.anchor == "two"


def test_smaller_headings_open_parts() -> None:
    parts = (heading("A", "h3"), TEXT, heading("B", "h3"), TEXT, TEXT)
    (section,) = sections_of(stream(heading("One"), TEXT, *parts))
    assert len(section.blocks) == 1
    assert [len(part) for part in section.parts] == [2, 3]


def test_call_to_action_stands_alone_and_ends_a_section() -> None:
    sections = sections_of(stream(heading("One"), TEXT, call_to_action(), TEXT))
    assert [section.stands_alone for section in sections] == [False, True, False]
    assert sections[2].heading is None


def test_core_question_keeps_its_heading_in_its_own_design() -> None:
    (section,) = sections_of(stream(question("What am I hearing?"), TEXT))
    assert section.heading is None
    assert [placed.block.block_type for placed in section.blocks] == ["core_question", "text"]


@pytest.mark.parametrize(
    "blocks",
    [
        (),
        (TEXT,),
        (heading("Small first", "h3"), TEXT),
        (call_to_action(), heading("One"), heading("Two"), call_to_action()),
        (TEXT, heading("One"), heading("A", "h3"), TEXT, question("Why?"), TEXT),
    ],
)
def test_every_block_is_shown_once_and_in_order(blocks: tuple[tuple[str, Any], ...]) -> None:
    shown = []
    for section in sections_of(stream(*blocks)):
        shown += [section.heading] if section.heading else []
        shown += [*section.blocks, *(placed for part in section.parts for placed in part)]
    assert [placed.block.block_type for placed in shown] == [name for name, _value in blocks]


def test_contents_list_the_sections_but_not_their_parts() -> None:
    body = stream(heading("One"), heading("A", "h3"), question("Why?"))
    assert [(part.heading, part.anchor) for part in contents_of(body)] == [
        ("One", "one"),
        ("Why?", "why"),
    ]
