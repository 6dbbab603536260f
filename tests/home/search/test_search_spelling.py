"""“Did you mean …?”: only what is there for everybody, and only when it helps."""

from difflib import get_close_matches

import pytest
from bs4 import BeautifulSoup, Tag
from django.core.cache import cache
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import PageViewRestriction

from home.models import HomePage, StandardPage
from home.search.spelling import ALIKE, MOST_LETTERS_APART, _near
from home.search.vocabulary import Vocabulary, _key, renew
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


def test_words_are_not_read_again_for_each_visitor_or_edit(
    leaders: StandardPage,
    home: HomePage,
    publish: Publish,
    client: Client,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    suggested(client, "equtiy")
    for number in range(3):
        with django_capture_on_commit_callbacks(execute=True):
            publish(home, StandardPage, f"Budgets {number}")
    kept = cache.get(_key(home.pk))
    assert suggested(client, "budgtes") == "budgets"
    assert cache.get(_key(home.pk)) == kept, "only what was published since is read beside it"


def test_worker_reads_the_words_where_pages_have_changed(
    leaders: StandardPage,
    home: HomePage,
    publish: Publish,
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> None:
    renew()
    kept = cache.get(_key(home.pk))
    assert "superintendent" in kept.words
    renew()
    assert cache.get(_key(home.pk)) == kept
    with django_capture_on_commit_callbacks(execute=True):
        leaders.unpublish()
    renew()
    assert "superintendent" not in cache.get(_key(home.pk)).words


def test_words_that_cannot_be_alike_are_told_by_their_letters() -> None:
    words = [
        "equity",
        "quiet",
        "quietly",
        "equip",
        "budget",
        "budgets",
        "policy",
        "police",
        "resource",
        "recourse",
    ]
    known = Vocabulary.of(words, made_at=timezone.now(), generation="")
    for typed in ("equtiy", "polcy", "recources", "bugdets", "quitely", "resorce"):
        all_alike = set(get_close_matches(typed, words, n=9, cutoff=ALIKE))
        close = {each for each in all_alike if abs(len(each) - len(typed)) <= MOST_LETTERS_APART}
        assert close <= set(_near(typed, known))
