"""Nothing private, draft or expired shows: not in lists, counts, feed, related pages, sitemap."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from wagtail.models import PageViewRestriction

from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, make_video

pytestmark = pytest.mark.indexed

SECRET = "Hidden guide"
PLACES = [
    "/resources/",
    "/resources/?topic=hidden-topic",
    "/resources/?format=excel",
    "/resources/?sort=oldest",
    "/resources/feed/",
    "/resources/seen/",
    "/resources/seen-too/",
    "/sitemap.xml",
    "/",
]


def make_private(page: Any) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def make_draft(page: Any) -> None:
    page.unpublish()


def make_expired(page: Any) -> None:
    """Let it expire by the clock, before any job has unpublished it."""
    type(page).objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(seconds=1))


def schedule(page: Any) -> None:
    page.unpublish()
    page.go_live_at = timezone.now() + timedelta(days=1)
    page.save_revision().publish()


@pytest.mark.parametrize("hide", [make_private, make_draft, make_expired, schedule])
@pytest.mark.parametrize("make", [make_resource, make_video])
def test_hidden_page_shows_nowhere(
    index: ResourceIndexPage,
    make: Callable[..., Any],
    hide: Callable[[Any], None],
) -> None:
    extra = {"files": ["hidden.xlsx"]} if make is make_resource else {}
    hidden = make(index, SECRET, topics=["Shared", "Hidden topic"], audiences=["Nobody"], **extra)
    make_resource(index, "Seen", topics=["Shared"], related=[hidden])
    make_video(index, "Seen too", topics=["Shared"])
    assert SECRET in Client().get("/resources/").content.decode()

    hide(hidden)
    cache.clear()  # Kept copies are the matter of other tests.

    for place in PLACES:
        content = Client().get(place).content.decode()
        for word in (SECRET, "hidden-guide", "hidden-topic", "Hidden topic", "Nobody", "Excel"):
            assert word not in content, f"{place} tells “{word}”"
    assert "<strong>2</strong> resources" in Client().get("/resources/").content.decode()
    assert Client().get("/resources/hidden-guide/").status_code in {302, 404}


def test_private_list_is_shown_to_nobody_nor_its_feed(index: ResourceIndexPage) -> None:
    make_resource(index, SECRET)
    make_private(index)
    for path in ("/resources/", "/resources/feed/", "/resources/?sort=title"):
        response = Client().get(path)
        assert response.status_code == 302
        assert SECRET not in response.content.decode()


def test_kept_copy_of_the_list_ends_with_what_it_shows(index: ResourceIndexPage) -> None:
    soon = timezone.now() + timedelta(seconds=60)
    make_resource(index, "Ends soon", expire_at=soon)
    make_resource(index, "Opens soon", gate_mode="until", gate_until=soon + timedelta(seconds=30))
    make_resource(index, "Beside it", topics=["One"])
    response: Any = Client().get("/resources/")
    assert 0 < response.page_cache_seconds <= 60


def test_page_beside_an_expiring_one_is_kept_no_longer_than_it(index: ResourceIndexPage) -> None:
    soon = timezone.now() + timedelta(seconds=60)
    make_resource(index, "Ends soon", topics=["One"], expire_at=soon)
    make_resource(index, "Stays", topics=["One"])
    response: Any = Client().get("/resources/stays/")
    assert "Ends soon" in response.content.decode()
    assert 0 < response.page_cache_seconds <= 60


def test_page_that_shows_cards_is_kept_no_longer_than_they_hold(index: ResourceIndexPage) -> None:
    soon = timezone.now() + timedelta(seconds=60)
    make_resource(index, "Ends soon", expire_at=soon)
    response: Any = Client().get("/")
    assert "Ends soon" in response.content.decode()
    assert 0 < response.page_cache_seconds <= 60


def test_gate_that_opens_by_the_clock_changes_its_count(index: ResourceIndexPage) -> None:
    make_resource(index, "Stays behind the form", gate_mode="form")
    over = timezone.now() - timedelta(seconds=1)
    make_resource(index, "Has opened", gate_mode="until", gate_until=over)
    content = Client().get("/resources/?access=open").content.decode()
    assert "Has opened" in content
    assert "<strong>1</strong> of 2 resources" in content
