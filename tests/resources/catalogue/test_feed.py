"""The feed of new resources, read back as a feed reader reads it."""

from collections.abc import Callable
from datetime import UTC, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client

from resources.catalogue.feed import NEWEST
from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, make_video

Rename = Callable[[Any, str], None]
FEED = "/resources/feed/"


def channel(path: str = FEED) -> Any:
    response = Client().get(path)
    assert response.status_code == 200
    assert response["Content-Type"] == "application/rss+xml; charset=utf-8"
    return ElementTree.fromstring(response.content).find("channel")  # noqa: S314


def texts(parent: Any, tag: str) -> list[str]:
    return [unescape(item.findtext(tag)) for item in parent.iter("item")]


def test_list_tells_feed_readers_where_the_feed_is(index: ResourceIndexPage) -> None:
    content = Client().get("/resources/").content.decode()
    link = '<link rel="alternate" type="application/rss+xml"'
    assert link in content
    assert f'href="http://testserver{FEED}"' in content.partition(link)[2]


def test_item_says_what_its_card_says(index: ResourceIndexPage) -> None:
    moment = datetime(2026, 3, 4, 5, 6, tzinfo=UTC)
    make_resource(
        index, "Cuts & <costs>", summary="What “less” means.", topics=["Money", "Law"], at=moment
    )
    feed = channel()
    item = feed.find("item")
    assert feed.findtext("link") == "http://testserver/resources/"
    assert feed.findtext("language") == "en-US"
    assert texts(feed, "title") == ["Cuts & <costs>"]
    assert texts(feed, "description") == ["What “less” means."]
    assert item.findtext("link") == "http://testserver/resources/cuts-costs/"
    assert item.findtext("pubDate") == "Wed, 04 Mar 2026 05:06:00 +0000"
    assert [category.text for category in item.iter("category")] == ["Law", "Money"]


def test_feed_holds_the_newest_of_both_kinds(index: ResourceIndexPage) -> None:
    for number in range(1, NEWEST + 2):
        make = make_video if number % 2 else make_resource
        make(index, f"Number {number}", at=datetime(2026, 1, number, tzinfo=UTC))
    found = texts(channel(), "title")
    assert found[:2] == [f"Number {NEWEST + 1}", f"Number {NEWEST}"]
    assert len(found) == NEWEST


def test_feed_tells_nothing_of_a_locked_file(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Locked", files=["secret-name.pdf"], gate_mode="form")
    entry = page.files.get()
    content = Client().get(FEED).content.decode()
    for told in ("secret-name", str(entry.key), "/documents/", "/download/", "enclosure", "PDF"):
        assert told not in content


def test_item_stays_the_same_for_readers_when_its_page_moves(
    index: ResourceIndexPage, rename: Rename
) -> None:
    page = make_resource(index, "Moves")
    before = texts(channel(), "guid")
    rename(page, "elsewhere")
    after = channel()
    assert texts(after, "guid") == before
    assert texts(after, "link") == ["http://testserver/resources/elsewhere/"]


@pytest.mark.parametrize("character", ["\x0b", "\x1f", "\uffff"])
def test_character_that_xml_cannot_hold_does_not_end_the_feed(
    index: ResourceIndexPage, character: str
) -> None:
    make_resource(index, "Pasted", summary=f"From a{character} slide", topics=[f"A{character}b"])
    assert texts(channel(), "description") == ["From a slide"]


def test_feed_of_an_empty_list_is_a_feed(index: ResourceIndexPage) -> None:
    assert texts(channel(), "title") == []


def test_feed_moves_with_its_list_and_the_old_address_leads_on(
    index: ResourceIndexPage, rename: Rename
) -> None:
    make_resource(index, "A guide")
    rename(index, "library")
    assert texts(channel("/library/feed/"), "title") == ["A guide"]
    led = Client().get(FEED)
    assert (led.status_code, led["Location"]) == (301, "/library/feed/")


def test_feed_of_an_unpublished_list_is_gone(index: ResourceIndexPage) -> None:
    index.unpublish()
    assert Client().get(FEED).status_code == 404
