"""What a process remembers of the site's content is forgotten as soon as anything changes."""

from collections.abc import Callable, Iterator
from itertools import count
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page, PageViewRestriction, Site

from eoc_cms.core.caching import remembered
from eoc_cms.core.caching.generation import start_new_generation
from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.models import SiteSettings
from forms_app.models import Submission
from resources.models import ResourceFile, ResourcePage
from tests.committing import as_committed

GUIDE = "/resources/empowering-equity-officers/"


@pytest.fixture
def numbers() -> Iterator[int]:
    return count(1)


@pytest.fixture
def read(numbers: Iterator[int]) -> Callable[[], int]:
    """Return what tells how often it was asked."""
    return lambda: next(numbers)


@pytest.mark.usefixtures("db")
def test_read_once_until_the_next_generation(read: Callable[[], int]) -> None:
    memory = Remembered[int]()
    assert [memory.get("a", read), memory.get("a", read), memory.get("b", read)] == [1, 1, 2]
    start_new_generation()
    assert memory.get("a", read) == 3


@pytest.mark.usefixtures("db")
def test_read_anew_where_it_is_not_good_any_more_or_its_time_is_over(
    read: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    memory = Remembered[int]()
    assert memory.get("a", read) == 1
    assert memory.get("a", read, is_good=lambda value: value > 1) == 2
    monkeypatch.setattr("eoc_cms.core.caching.remembered.time.monotonic", lambda: float("inf"))
    assert memory.get("a", read) == 3


@pytest.mark.usefixtures("db")
def test_nothing_is_remembered_of_what_a_transaction_may_take_back(
    read: Callable[[], int],
) -> None:
    memory = Remembered[int]()
    with transaction.atomic():
        transaction.on_commit(start_new_generation)
        assert [memory.get("a", read), memory.get("a", read)] == [1, 2]
        transaction.set_rollback(True)
    assert [memory.get("a", read), memory.get("a", read)] == [3, 3]


@pytest.mark.usefixtures("db")
def test_nothing_is_remembered_where_no_generation_can_be_told(
    read: Callable[[], int], settings: LazySettings
) -> None:
    settings.GENERATION_FILE = settings.DATA_DIR / "no-such-folder" / "generation"
    memory = Remembered[int]()
    assert [memory.get("a", read), memory.get("a", read)] == [1, 2]


@pytest.mark.usefixtures("db")
def test_no_more_is_remembered_than_there_is_room_for(
    read: Callable[[], int], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remembered, "MOST", 3)
    memory = Remembered[int]()
    found = [memory.get(key, read) for key in (*"abcdefg", "g", "a")]
    assert found == [1, 2, 3, 4, 5, 6, 7, 7, 8]


# --- What a holder of access sees, and what may be answered -------------------------------


def rename(page: Page) -> None:
    page.title = "Another title"
    page.save_revision().publish()


def close_the_guide() -> None:
    PageViewRestriction.objects.create(page=guide(), restriction_type=PageViewRestriction.LOGIN)


def name_the_site() -> None:
    settings = SiteSettings.for_site(Site.objects.get())
    settings.name = "Another name"
    settings.save()


def guide() -> ResourcePage:
    return ResourcePage.objects.get(slug=GUIDE.split("/")[2])


CHANGES: dict[str, Callable[[], object]] = {
    "renamed": lambda: rename(guide()),
    "unpublished": lambda: guide().unpublish(),
    "deleted": lambda: guide().delete(),
    "restricted": close_the_guide,
    "moved": lambda: guide().move(Page.objects.get(depth=2), pos="last-child"),
    "named": name_the_site,
}


@pytest.fixture
def holder(demo: str) -> Client:
    visitor = Client()
    visitor.post(GUIDE, {"work_email": "ana@example.org", "role": "Other leader"})
    return visitor


@pytest.mark.parametrize("change", CHANGES)
def test_holder_sees_a_change_at_the_next_request(
    holder: Client, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    opened = holder.get(GUIDE)
    assert holder.get(GUIDE).content == opened.content
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change]()
    as_committed()
    after = holder.get(GUIDE)
    assert (after.status_code, after.content) != (opened.status_code, opened.content)


@pytest.mark.parametrize("change", ["unpublished", "deleted"])
def test_nothing_is_taken_by_a_page_that_is_gone(
    holder: Client, change: str, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        CHANGES[change]()
    as_committed()
    answer = Client().post(GUIDE, {"work_email": "ben@example.org", "role": "Other leader"})
    assert answer.status_code == 404
    assert Submission.objects.count() == 1


def test_file_hangs_on_what_the_database_says_whatever_is_remembered(holder: Client) -> None:
    """As on a second machine, which nobody has told that something changed."""
    file = ResourceFile.objects.get(resource__slug=guide().slug)
    address = f"/download/{file.key}/"
    assert holder.get(GUIDE).status_code == holder.get(address).status_code == 200
    restriction = PageViewRestriction(page=guide(), restriction_type=PageViewRestriction.LOGIN)
    PageViewRestriction.objects.bulk_create([restriction])
    assert holder.get(address).status_code == 404
    PageViewRestriction.objects.all().delete()
    ResourcePage.objects.filter(pk=guide().pk).update(live=False)
    assert holder.get(address).status_code == 404


def test_holders_do_not_see_what_opens_to_others(holder: Client, demo: str) -> None:
    other = Client()
    other.post(GUIDE, {"work_email": "ben@example.org", "role": "Other leader"})
    own, others = holder.get(GUIDE), other.get(GUIDE)
    assert own.content == others.content
    assert b"ana@" not in own.content
    assert "no-store" in own["Cache-Control"]
    cache.clear()
    assert b"/download/" not in Client().get(GUIDE).content
