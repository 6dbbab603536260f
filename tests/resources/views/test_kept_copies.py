"""The page cache keeps the states people come to, and no stranger can fill it."""

from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks

from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, make_video, publish

KEPT = "public, no-cache"


@pytest.fixture
def some(index: ResourceIndexPage) -> None:
    make_resource(index, "One", topics=["Alpha", "Beta"], gate_mode="form")
    make_video(index, "Two", topics=["Alpha"])


def cache_control(address: str) -> str:
    return set_of(Client().get(address)["Cache-Control"])


def set_of(value: str) -> str:
    return ", ".join(sorted(value.split(", "), reverse=True))


@pytest.mark.parametrize(
    "address",
    ["/resources/", "/resources/?topic=alpha", "/resources/?format=video", "/resources/feed/"],
)
def test_usual_states_come_from_the_cache_without_a_query(
    some: None, address: str, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    first = Client().get(address)
    assert set_of(first["Cache-Control"]) == KEPT
    with django_assert_num_queries(0):
        again = Client().get(address)
    assert again.content == first.content
    assert again["Content-Type"] == first["Content-Type"]


@pytest.mark.parametrize(
    "address",
    [
        "/resources/?topic=alpha&topic=beta",
        "/resources/?topic=alpha&format=video",
        "/resources/?topic=alpha&utm_source=mail",
        "/resources/?topic=nowhere",
        "/resources/?topic=%61lpha",
        "/resources/?page=1",
        "/resources/?page=7",
        "/resources/?sort=title",
        "/resources/?x=1",
        "/resources/one/?x=1",
        "/resources/two/?x=1",
        "/resources/feed/?x=1",
        "/?x=1",
    ],
)
def test_made_up_address_is_answered_and_not_kept(some: None, address: str) -> None:
    assert cache_control(address) == "private, no-store"


def test_a_thousand_made_up_addresses_leave_nothing_in_the_cache(some: None) -> None:
    kept: Any = cache._cache  # type: ignore[attr-defined]
    Client().get("/resources/")
    before = len(kept)
    for number in range(50):
        Client().get(f"/resources/?topic=alpha&v={number}")
        Client().get(f"/resources/?topic=t{number}")
    assert len(kept) == before


def test_new_resource_shows_at_once_in_kept_states(
    some: None,
    index: ResourceIndexPage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert b"Three" not in Client().get("/resources/?topic=alpha").content
    with django_capture_on_commit_callbacks(execute=True):
        publish(make_resource(index, "Three", topics=["Alpha"]))
    assert b"Three" in Client().get("/resources/?topic=alpha").content
