"""The sitemap names what strangers may see now, and is kept like a page."""

from datetime import timedelta

from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from resources.models import ResourceIndexPage
from tests.factories.pages import make_resource, publish

ADDRESS = "/sitemap.xml"


def named(slug: str) -> bool:
    return f"/{slug}/<".encode() in Client().get(ADDRESS).content


def statements() -> int:
    with CaptureQueriesContext(connection) as captured:
        assert Client().get(ADDRESS).status_code == 200
    return len(captured)


def test_it_takes_few_statements_however_many_pages_and_none_while_it_is_kept(
    index: ResourceIndexPage,
) -> None:
    def anew() -> int:
        statements()
        cache.clear()
        return statements()

    for number in range(10):
        make_resource(index, f"Guide {number}")
    few = anew()
    for number in range(10, 60):
        make_resource(index, f"Guide {number}")
    assert anew() == few <= 8
    assert statements() == 0


def test_it_follows_what_is_published_and_withdrawn(
    index: ResourceIndexPage,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert not named("guide")
    with django_capture_on_commit_callbacks(execute=True):
        guide = publish(make_resource(index, "Guide"))
    assert named("guide")
    with django_capture_on_commit_callbacks(execute=True):
        PageViewRestriction.objects.create(page=guide, restriction_type="login")
    assert not named("guide")


def test_expired_page_is_not_named(index: ResourceIndexPage) -> None:
    make_resource(index, "Gone", expire_at=timezone.now() - timedelta(hours=1))
    make_resource(index, "Here")
    assert (named("gone"), named("here")) == (False, True)


def test_made_up_queries_are_answered_and_not_kept(index: ResourceIndexPage) -> None:
    assert Client().get(f"{ADDRESS}?p=1").status_code == 200
    assert Client().get(f"{ADDRESS}?p=2").status_code == 404
    assert Client().get(f"{ADDRESS}?p=x").status_code == 404
