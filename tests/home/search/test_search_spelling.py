"""“Did you mean …?”: only what is there for everybody, and only when it helps."""

import pytest
from bs4 import BeautifulSoup, Tag
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from home.models import HomePage, StandardPage
from tests.factories.fixtures import Publish

pytestmark = pytest.mark.indexed


def suggestion(client: Client, query: str) -> Tag | None:
    response = client.get("/search/", {"q": query})
    return BeautifulSoup(response.content, "html.parser").select_one(".empty a")


def suggested(client: Client, query: str) -> str | None:
    link = suggestion(client, query)
    return link.get_text() if link else None


@pytest.fixture
def leaders(home: HomePage, publish: Publish) -> StandardPage:
    text = "<p>A superintendent speaks to families about resources and a policy.</p>"
    return publish(home, StandardPage, "For school leaders", body=[("text", text)])


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("equtiy", "equity"),
        ("Supperintendant", "superintendent"),
        ("recources", "resources"),
        ("polcy", "policy"),
        ("school leeders", "school leaders"),
        ("“scool” leeders!", "“school” leaders!"),
        ("leeders qqqqqqqq", "leaders"),
    ],
)
def test_misspelt_word_leads_to_what_was_meant(
    leaders: StandardPage, client: Client, typed: str, meant: str
) -> None:
    assert suggested(client, typed) == meant
    link = suggestion(client, typed)
    assert link is not None
    found = client.get(str(link["href"]))
    assert "result for" in found.content.decode()


@pytest.mark.parametrize(
    "query", ["school", "qqqqqqqq", "scl", "🙂", "", "leaders collective", "familys"]
)
def test_nothing_is_suggested_where_it_would_not_help(
    leaders: StandardPage, client: Client, query: str
) -> None:
    assert suggested(client, query) is None


def test_suggestion_is_not_made_of_words_that_no_page_has_together(
    leaders: StandardPage, home: HomePage, publish: Publish, client: Client
) -> None:
    publish(home, StandardPage, "Budgets")
    assert suggested(client, "budgtes") == "budgets"
    assert suggested(client, "budgtes superintendent") is None


def test_word_of_a_page_that_is_not_for_everybody_is_never_suggested(
    home: HomePage, publish: Publish, client: Client
) -> None:
    publish(home, StandardPage, "Whistleblower").unpublish()
    private = publish(home, StandardPage, "Reorganisation")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert suggested(client, "wistleblower") is None
    assert suggested(client, "reorganization") is None


def test_word_is_suggested_as_soon_and_as_long_as_its_page_is_published(
    home: HomePage,
    publish: Publish,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    assert suggested(client, "budgtes") is None
    with django_capture_on_commit_callbacks(execute=True):
        page = publish(home, StandardPage, "Budgets")
    assert suggested(client, "budgtes") == "budgets"
    PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert suggested(client, "budgtes") is None
