"""What a visitor can do with the list of resources, in a browser without scripts."""

import re
from datetime import UTC, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from resources.catalogue.browsing import PER_PAGE
from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, make_video

LIST = "/resources/"


def day(number: int) -> datetime:
    return datetime(2026, 1, number, 12, tzinfo=UTC)


def titles(content: str) -> list[str]:
    found = re.findall(r'class="card__title"><a href="[^"]+">([^<]+)</a>', content)
    return [unescape(title) for title in found]


def counts(content: str) -> dict[str, int]:
    """Return the number beside each choice, by its words."""
    pattern = r"<span>([^<]+)</span>\s*<span class=\"filters__count\">(\d+)<"
    return {unescape(words): int(number) for words, number in re.findall(pattern, content)}


def address_of(content: str, words: str) -> str:
    """Return where the link with these words leads."""
    for href, inside in re.findall(r'<a [^>]*href="([^"]+)"[^>]*>(.*?)</a>', content, re.S):
        if " ".join(re.sub(r"<[^>]+>", " ", inside).split()) == words:
            return unescape(href).partition("#")[0]
    raise AssertionError(f"no link says “{words}”")


def get(query: str = "") -> str:
    response = Client().get(f"{LIST}{query}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.fixture
def four(index: ResourceIndexPage) -> list[Any]:
    """Make four resources that differ in everything the list knows."""
    return [
        make_resource(
            index,
            "Écoute",
            topics=["Listening"],
            audiences=["Boards"],
            files=["a.pdf"],
            pages=40,
            at=day(1),
        ),
        make_resource(
            index,
            "Budget days",
            topics=["Money"],
            audiences=["Boards", "Leaders"],
            files=["b.docx", "b.pdf"],
            pages=10,
            gate_mode="form",
            at=day(2),
        ),
        make_resource(
            index,
            "A long sheet",
            topics=["Money", "Listening"],
            audiences=["Leaders"],
            files=["c.xlsx"],
            pages=None,
            at=day(3),
        ),
        make_video(index, "Zoom out", topics=["Listening"], seconds=120, at=day(4)),
    ]


def test_whole_list_stands_newest_first_and_says_how_many(four: list[Any]) -> None:
    content = get()
    assert titles(content) == ["Zoom out", "A long sheet", "Budget days", "Écoute"]
    assert "<strong>4</strong> resources" in content


def test_each_choice_says_how_many_resources_it_finds(four: list[Any]) -> None:
    assert counts(get()) == {
        "Listening": 3,
        "Money": 2,
        "Boards": 2,
        "Leaders": 2,
        "Excel": 1,
        "PDF": 2,
        "Video": 1,
        "Word": 1,
        "Free, short form": 1,
        "Open to all": 3,
    }


NARROWED = {
    "?topic=money": ["A long sheet", "Budget days"],
    "?topic=money&topic=listening": ["Zoom out", "A long sheet", "Budget days", "Écoute"],
    "?topic=money&audience=boards": ["Budget days"],
    "?format=word&format=video": ["Zoom out", "Budget days"],
    "?access=form": ["Budget days"],
    "?access=open&format=pdf": ["Écoute"],
}
ORDERED = {
    "?sort=oldest": ["Écoute", "Budget days", "A long sheet", "Zoom out"],
    "?sort=title": ["A long sheet", "Budget days", "Écoute", "Zoom out"],
    "?sort=shortest": ["Zoom out", "Budget days", "Écoute", "A long sheet"],
    "?topic=money&sort=oldest": ["Budget days", "A long sheet"],
}


def test_choices_of_one_kind_widen_and_of_different_kinds_narrow(four: list[Any]) -> None:
    assert {query: titles(get(query)) for query in NARROWED} == NARROWED


def test_list_can_stand_in_four_orders(four: list[Any]) -> None:
    assert {query: titles(get(query)) for query in ORDERED} == ORDERED


def test_counts_follow_the_choices_of_the_other_kinds(four: list[Any]) -> None:
    found = counts(get("?topic=money"))
    assert found["Listening"] == 3, "its own kind can still be widened"
    assert (found["PDF"], found["Video"], found["Boards"]) == (1, 0, 1)


def test_choice_that_would_find_nothing_cannot_be_made(four: list[Any]) -> None:
    content = get("?topic=money")
    assert re.search(r'name="format" value="video" disabled', content)
    assert not re.search(r'name="format" value="pdf" disabled', content)
    # A chosen one that finds nothing can still be taken away.
    assert re.search(r'name="format" value="video" checked>', get("?topic=money&format=video"))


def test_form_keeps_the_order_and_the_choices(four: list[Any]) -> None:
    content = get("?topic=money&sort=title")
    assert '<input type="hidden" name="sort" value="title">' in content
    assert 'name="topic" value="money" checked' in content
    assert 'name="topic" value="listening" checked' not in content


def test_chosen_filters_are_shown_and_each_can_be_taken_away(four: list[Any]) -> None:
    content = get("?format=pdf&topic=money&sort=title")
    assert "<strong>1</strong> of 4 resources" in content
    assert "<title>Money, PDF · Resources" in content
    assert address_of(content, "Remove: Money") == "?format=pdf&sort=title"
    assert address_of(content, "Remove: PDF") == "?topic=money&sort=title"
    assert address_of(content, "Clear all") == "?sort=title"
    assert address_of(content, "Newest") == "?topic=money&format=pdf"
    assert address_of(get("?topic=money"), "Remove: Money") == LIST


def test_topic_on_a_card_leads_to_the_list_of_that_topic(four: list[Any]) -> None:
    assert address_of(get(), "Money") == f"{LIST}?topic=money"


def test_combination_without_a_resource_says_what_to_give_up(four: list[Any]) -> None:
    content = get("?topic=money&format=video")
    assert titles(content) == []
    assert "<strong>0</strong> of 4 resources" in content
    assert address_of(content, "Without “Video”: 2 resources") == "?topic=money"
    assert address_of(content, "Without “Money”: 1 resource") == "?format=video"
    assert address_of(content, "Show all resources") == LIST


def test_list_without_resources_says_so_and_offers_no_filters(index: ResourceIndexPage) -> None:
    content = get()
    assert "Nothing here yet" in content
    assert "filters" not in content


def test_kind_that_is_the_same_everywhere_is_not_offered(index: ResourceIndexPage) -> None:
    for title in ("One", "Two"):
        make_resource(index, title, topics=["Only"])
    content = get()
    assert "filters" not in content
    assert titles(get("?topic=only")) == titles(content)


def test_long_list_is_paged_and_every_page_has_one_address(index: ResourceIndexPage) -> None:
    for number in range(1, PER_PAGE + 3):
        make_resource(index, f"Guide {number:02}", topics=["Many"], at=day(number))
    first, second = get("?topic=many"), get("?topic=many&page=2")
    assert len(titles(first)) == PER_PAGE
    assert titles(second) == ["Guide 02", "Guide 01"]
    assert "page 2 of 2" in second
    assert "<title>Many, page 2 · Resources" in second
    assert address_of(first, "Next") == "?topic=many&page=2"
    assert address_of(second, "Previous") == "?topic=many"
    assert address_of(get("?page=2"), "Page 1") == LIST


NO_PAGE = ["?page=999999", "?page=-1", "?page=abc", "?page=" + "9" * 5000, "?page=%00"]
NO_ORDER = ["?sort=%00", "?sort=price", "?topic=&audience=", "?topic[]=money"]
UNKNOWN_VALUES = [
    "?topic=%00",
    "?topic=%F0%9F%92%A9&topic=%ff",
    "?topic=nowhere&audience=&format=exe&access=root",
    "?topic=' OR 1=1 --",
    "?topic=" + "x" * 10_000,
    "?" + "&".join(f"topic=t{number}" for number in range(2000)),
    "?topic=money&format=exe",
]


@pytest.mark.parametrize("query", [*NO_PAGE, *NO_ORDER])
def test_page_or_order_that_is_not_there_shows_the_whole_list(four: list[Any], query: str) -> None:
    content = get(query)
    assert len(titles(content)) == 4
    assert 'class="chosen"' not in content


@pytest.mark.parametrize("query", UNKNOWN_VALUES)
def test_unknown_value_finds_nothing_and_can_be_taken_away(four: list[Any], query: str) -> None:
    content = get(query)
    assert titles(content) == []
    assert "not known any more" in content
    assert address_of(content, "Show all resources") == LIST


def test_unknown_value_beside_a_known_one_of_its_kind_widens_by_nothing(four: list[Any]) -> None:
    content = get("?topic=money&topic=gone")
    assert titles(content) == titles(get("?topic=money"))
    assert address_of(content, "Remove: Topic: not known any more") == "?topic=money"


def test_more_fields_than_anybody_needs_are_refused_politely(four: list[Any]) -> None:
    assert Client().get(f"{LIST}?{'&topic=a' * 10_001}").status_code == 400
