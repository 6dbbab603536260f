"""What is kept of a list follows every change that shows, and costs the same however long it is."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from eoc_cms.core.models import CustomDocument
from resources.models import ResourceIndexPage, ResourcePage, Topic
from tests.committing import as_committed
from tests.factories.pages import document, make_resource, make_video, publish
from tests.resources.catalogue.test_narrowing_the_list import counts, titles

# Two choices, so that no page is kept: only what is worked out from.
STATE = "/resources/?topic=money&access=form&access=open&sort=title"
Change = Callable[[ResourcePage], None]


def shown() -> tuple[list[str], dict[str, int]]:
    content = Client().get(STATE).content.decode()
    return titles(content), counts(content)


def unpublish(page: ResourcePage) -> None:
    page.unpublish()


def delete(page: ResourcePage) -> None:
    page.delete()


def make_private(page: ResourcePage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")


def take_the_topic(page: ResourcePage) -> None:
    page.topics = []
    publish(page)


def rename(page: ResourcePage) -> None:
    page.title = "Another title"
    publish(page)


def rename_the_topic(page: ResourcePage) -> None:
    topic = Topic.objects.get(slug="money")
    topic.name = "Funds"
    topic.save()


def replace_the_file(page: ResourcePage) -> None:
    held = CustomDocument.objects.get(resource_files__resource=page)
    held.file = document("new.docx").file
    held.save()


def open_the_gate(page: ResourcePage) -> None:
    page.gate_mode = "open"
    publish(page)


def publish_another(page: ResourcePage) -> None:
    another = make_resource(page.get_parent().specific, "Another", topics=["Money"])
    publish(another)


CHANGES = [
    unpublish,
    delete,
    make_private,
    take_the_topic,
    rename,
    rename_the_topic,
    replace_the_file,
    open_the_gate,
    publish_another,
]


@pytest.fixture
def guide(index: ResourceIndexPage) -> ResourcePage:
    make_resource(index, "Stays", topics=["Money"])
    make_video(index, "A video", topics=["Money", "Law"])
    return make_resource(index, "Guide", topics=["Money"], gate_mode="form")


@pytest.mark.parametrize("change", CHANGES)
def test_change_shows_on_the_next_request(
    guide: ResourcePage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
    change: Change,
) -> None:
    as_committed()
    before = shown()
    with django_capture_on_commit_callbacks(execute=True):
        change(guide)
    after = shown()
    assert after != before
    as_committed()
    assert after == shown(), "what is kept and what is made anew are the same"


def test_gate_opens_and_page_expires_by_the_clock(
    guide: ResourcePage, wait: Callable[[timedelta], None]
) -> None:
    now = timezone.now()
    ResourcePage.objects.filter(pk=guide.pk).update(
        gate_mode="until", gate_until=now + timedelta(minutes=1)
    )
    ResourcePage.objects.filter(title="Stays").update(expire_at=now + timedelta(minutes=2))
    as_committed()
    names, numbers = shown()
    assert (names, numbers["Free, short form"]) == (["A video", "Guide", "Stays"], 1)
    wait(timedelta(seconds=61))
    assert "Free, short form" not in shown()[1]
    wait(timedelta(seconds=60))
    assert shown()[0] == ["A video", "Guide"]


def test_page_that_became_hidden_is_never_shown_from_what_is_kept(guide: ResourcePage) -> None:
    as_committed()
    shown()
    # By a way that nobody is told of.
    ResourcePage.objects.filter(pk=guide.pk).update(live=False)
    assert shown()[0] == ["A video", "Stays"]


def cost(path: str) -> tuple[int, int]:
    with CaptureQueriesContext(connection) as captured:
        size = len(Client().get(path).content)
    return len(captured), size


ROADS = [
    "/resources/",
    STATE,
    "/resources/?page=2",
    "/resources/?sort=shortest",
    "/resources/feed/",
]


@pytest.mark.parametrize("road", ROADS)
def test_ten_and_sixty_cost_the_same(index: ResourceIndexPage, road: str) -> None:
    def fill(first: int, last: int) -> None:
        for number in range(first, last):
            labels: dict[str, Any] = {"topics": ["Money", "Law"], "audiences": ["Boards"]}
            make_resource(index, f"Guide {number}", gate_mode="form", **labels)
            make_video(index, f"Video {number}", **labels)

    def statements() -> tuple[int, int]:
        cost(road)
        as_committed()
        anew, _size = cost(road)
        kept, _size = cost(f"{road}{'&' if '?' in road else '?'}other=1")
        return anew, kept

    fill(10, 20)
    few = statements()
    fill(20, 50)
    # Where all on one page are of one kind, there is less to ask.
    assert all(many <= before for many, before in zip(statements(), few, strict=True))
