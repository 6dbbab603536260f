"""The orders of the list are worked out by the database, as the pages' own rules say."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client

from eoc_cms.core.models import CustomDocument
from resources.models import ResourceIndexPage, ResourcePage
from resources.models.sort_title import sortable
from tests.factories.pages import make_resource, make_video, media
from tests.resources.catalogue.test_narrowing_the_list import day, titles


def listed(query: str) -> list[str]:
    return titles(Client().get(f"/resources/{query}").content.decode())


def test_shortest_is_as_the_pages_say_themselves(index: ResourceIndexPage) -> None:
    made: list[Any] = [
        make_resource(index, f"Of {pages} pages", pages=pages, at=day(number + 1))
        for number, pages in enumerate([None, 0, 1, 12, 36, 60])
    ]
    made += [
        make_resource(index, "Said to take 12", pages=90, minutes=12, at=day(8)),
        make_resource(index, "Said to take none", pages=2, minutes=0, at=day(9)),
        make_video(index, "A video of 12", seconds=720, at=day(10)),
        make_video(index, "A clip", seconds=None, video_file=media(seconds=95), at=day(11)),
        make_video(index, "No length", seconds=None, at=day(12)),
    ]
    newest_first = reversed(made)
    expected = sorted(newest_first, key=lambda page: page.minutes_needed or float("inf"))
    assert listed("?sort=shortest") == [page.title for page in expected]


def test_longest_file_of_a_resource_counts(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Two files", files=["a.pdf", "b.pdf"], pages=4, at=day(2))
    make_resource(index, "One file", pages=10, at=day(1))
    assert listed("?sort=shortest") == ["Two files", "One file"]
    CustomDocument.objects.filter(resource_files__resource=page, title="Title of b.pdf").update(
        page_count=20
    )
    cache.clear()
    assert listed("?sort=shortest") == ["One file", "Two files"]


@pytest.mark.parametrize("make", [make_resource, make_video])
def test_title_in_lists_is_what_is_sorted(index: ResourceIndexPage, make: Any) -> None:
    make(index, "Zebra", listing_title="ägypten")
    make(index, "Egypt")
    make(index, "Straße")
    make(index, "strassen")
    assert listed("?sort=title") == ["ägypten", "Egypt", "Straße", "strassen"]


def test_sorted_title_follows_its_page(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Before")
    page.title = "Écoute"
    page.save_revision().publish()
    assert ResourcePage.objects.get().sort_title == sortable("Écoute") == "ecoute"


def test_page_stored_without_a_sorted_title_stands_by_its_own(index: ResourceIndexPage) -> None:
    make_resource(index, "b")
    make_resource(index, "A")
    ResourcePage.objects.update(sort_title="")
    assert listed("?sort=title") == ["A", "b"]


def test_never_published_by_the_books_stands_as_the_oldest(index: ResourceIndexPage) -> None:
    undated = make_resource(index, "Undated", at=day(3))
    make_resource(index, "Dated", at=day(2))
    ResourcePage.objects.filter(pk=undated.pk).update(first_published_at=None)
    assert listed("") == ["Dated", "Undated"]
    assert listed("?sort=oldest") == ["Undated", "Dated"]
