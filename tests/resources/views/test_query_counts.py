"""How many queries each page takes when nothing is cached, whatever the amount of content.

A number here changes only on purpose. Serving from the page cache takes none.
"""

from collections.abc import Iterable
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from forms_app.models import FormPage
from home.models import HomePage
from resources.models import ResourceIndexPage
from tests.committing import as_committed
from tests.factories.pages import form_page, image, make_resource, make_video

QUERIES = {
    "/resources/": 38,
    "/resources/?topic=two&format=pdf&sort=title": 34,
    "/resources/?page=2": 38,
    "/resources/feed/": 15,
    "/resources/guide-0/": 35,
    "/resources/video-0/": 32,
}


# Pages of other apps that show resources or stand beside them.
FLAT = ["/", "/get-the-guides/", "/sitemap.xml"]


@pytest.fixture
def gate(home: HomePage) -> FormPage:
    return form_page(home)


def fill(index: ResourceIndexPage, gate: FormPage, *, first: int, last: int) -> None:
    for number in range(first, last):
        labels: dict[str, Any] = {"topics": ["One", "Two"], "audiences": ["Boards"]}
        picture = image(f"Picture {number}")
        files = ["a.pdf", "b.docx"]
        locked: dict[str, Any] = {"gate_mode": "form", "gate_form": gate, "cover": picture}
        make_resource(index, f"Guide {number}", files=files, **labels, **locked)
        make_video(index, f"Video {number}", poster=picture, **labels)


def count(path: str) -> int:
    Client().get(path)  # makes the pictures in the sizes that the page shows
    as_committed()
    cache.clear()
    Client().get("/accessibility/")  # What every page asks for is remembered by now.
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(path).status_code == 200
    return len(captured)


def counts(paths: Iterable[str]) -> dict[str, int]:
    return {path: count(path) for path in paths}


def test_queries_are_few_and_do_not_grow_with_content(
    index: ResourceIndexPage, gate: FormPage
) -> None:
    fill(index, gate, first=0, last=7)
    few = counts(FLAT)
    assert counts(QUERIES) == QUERIES
    fill(index, gate, first=7, last=16)
    assert counts(QUERIES) == QUERIES
    assert counts(FLAT) == few
