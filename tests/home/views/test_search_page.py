"""The search page: what it shows of what was found, and of nothing."""

import re
from datetime import timedelta
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.contrib.search_promotions.models import Query, SearchPromotion
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Page, PageViewRestriction

from eoc_cms.core.models import CustomImage
from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage, ResourcePage, VideoPage
from tests.factories.fixtures import Publish

pytestmark = pytest.mark.indexed

OPEN = {"gate_mode": ResourcePage.GateMode.OPEN}


class Answer:
    """The search page as somebody reads it."""

    def __init__(self, client: Client, query: str, **more: Any) -> None:
        response = client.get("/search/", {"q": query, **more})
        assert response.status_code == 200
        self.html = response.content.decode()
        self.soup = BeautifulSoup(self.html, "html.parser")

    def texts(self, selector: str) -> list[str]:
        return [" ".join(found.get_text().split()) for found in self.soup.select(selector)]

    @property
    def titles(self) -> list[str]:
        return self.texts(".results__title")

    @property
    def excerpt(self) -> str:
        found = self.soup.select_one(".results__excerpt")
        return found.decode_contents() if found else ""


def words(count: int) -> str:
    return " ".join(f"word{number}" for number in range(count))


# --- Excerpts ---------------------------------------------------------------


def test_excerpt_shows_the_words_in_their_place(
    home: HomePage, publish: Publish, client: Client
) -> None:
    text = f"<p>{words(80)} Before María’s budgets, after. {words(80)}</p>"
    publish(home, StandardPage, "A page", introduction="<p>Lead.</p>", body=[("text", text)])
    excerpt = Answer(client, "maria budget").excerpt
    assert "Before <mark>María’s</mark> <mark>budgets</mark>, after." in excerpt
    plain = re.sub("</?mark>", "", excerpt)
    assert (plain.startswith("… word"), plain.endswith(" …")) == (True, True)
    assert len(plain) <= 250
    assert set(re.findall(r"\w+", plain)) <= set(re.findall(r"\w+", text))


def test_excerpt_is_where_most_of_the_words_stand_together(
    home: HomePage, publish: Publish, client: Client
) -> None:
    text = f"<p>A budget. {words(80)} Another budget and a policy. {words(80)} A policy.</p>"
    publish(home, StandardPage, "A page", body=[("text", text)])
    excerpt = Answer(client, "budget policy").excerpt
    assert "Another <mark>budget</mark> and a <mark>policy</mark>." in excerpt


def test_excerpt_and_title_are_text_and_never_markup(
    home: HomePage, publish: Publish, client: Client
) -> None:
    text = (
        "<p>A budget &lt;script&gt;alert(1)&lt;/script&gt; &lt;img src=x onerror=alert(2)&gt;</p>"
    )
    publish(home, StandardPage, "<b>Budget</b> & more", body=[("text", text)])
    answer = Answer(client, "budget script")
    assert "&lt;<mark>script</mark>&gt;alert(1)" in answer.excerpt
    assert "&lt;b&gt;Budget&lt;/b&gt; &amp; more" in answer.html
    assert answer.soup.select_one("main script, main img, .results b") is None


@pytest.mark.parametrize(
    ("fields", "excerpt"),
    [
        ({"introduction": "<p>How it begins.</p>"}, "How it begins."),
        ({"search_description": "For search engines."}, "For search engines."),
        ({}, ""),
    ],
)
def test_excerpt_without_a_hit_is_how_the_page_is_described(
    home: HomePage, publish: Publish, client: Client, fields: dict[str, str], excerpt: str
) -> None:
    publish(home, StandardPage, "Budgets", **fields)
    assert Answer(client, "budgets").excerpt == excerpt


def test_word_written_with_a_separate_accent_is_marked(
    home: HomePage, publish: Publish, client: Client
) -> None:
    publish(home, StandardPage, "A page", introduction="<p>The caf\u0065\u0301 meeting</p>")
    assert "<mark>caf\u00e9</mark> meeting" in Answer(client, "cafe").excerpt


# --- Lists, kinds, pages ----------------------------------------------------


@pytest.fixture
def many(home: HomePage, index: ResourceIndexPage, publish: Publish) -> None:
    """Publish 13 pages on budgets: a resource, a video and eleven others."""
    publish(index, ResourcePage, "Budgets, a guide", **OPEN)
    publish(index, VideoPage, "Budgets, a video")
    for number in range(11):
        publish(home, StandardPage, f"Budgets {number}")


def test_long_list_has_pages_of_its_own(many: None, client: Client) -> None:
    first, second = Answer(client, "budgets"), Answer(client, "budgets", page=2)
    assert (len(first.titles), len(second.titles)) == (10, 3)
    assert len({*first.titles, *second.titles}) == 13
    assert first.soup.title.get_text().startswith("Search: “budgets” (13 results)")  # type: ignore[union-attr]
    assert first.soup.select_one('.pagination a[rel="next"]')["href"] == "?q=budgets&page=2"  # type: ignore[index]
    assert second.soup.select_one("ol.results")["start"] == "11"  # type: ignore[index]


def test_page_that_is_not_there_leads_to_one_that_is(many: None, client: Client) -> None:
    for page in ("abc", "", "0", "-1", "999999", "9" * 5000, "1.5", "٢", "1;DROP"):
        assert len(Answer(client, "budgets", page=page).titles) in {3, 10}, page
        assert Answer(client, "nowhere", page=page).titles == [], page


def test_results_can_be_narrowed_to_one_kind(many: None, client: Client) -> None:
    kinds = Answer(client, "budgets").texts(".search-kinds a")
    assert kinds == ["All 13", "Resources 1", "Videos 1", "Pages 11"]
    videos = Answer(client, "budgets", kind="videos")
    assert videos.titles == ["Budgets, a video"]
    assert videos.texts('.search-kinds a[aria-current="true"]') == ["Videos 1"]
    assert len(Answer(client, "budgets", kind="pages", page=2).titles) == 1


@pytest.mark.parametrize(
    ("query", "kind", "others"),
    [
        ("budgets", "<script>", 13),
        ("budgets", "podcasts", 13),
        ("guide", "videos", 1),
    ],
)
def test_kind_without_a_result_finds_nothing_and_offers_the_others(
    many: None, client: Client, query: str, kind: str, others: int
) -> None:
    answer = Answer(client, query, kind=kind)
    assert answer.titles == []
    [way_out] = answer.texts(".search-found .button")
    assert way_out.startswith(f"Show {others} result")
    address = answer.soup.select_one(".search-found .button")["href"]  # type: ignore[index]
    assert address == f"?q={query}"


def test_queries_do_not_grow_with_what_is_found(
    home: HomePage, publish: Publish, client: Client
) -> None:
    def count_queries() -> int:
        with CaptureQueriesContext(connection) as queries:
            Answer(client, "budgets")
        return len(queries)

    for number in range(9):
        image = CustomImage.objects.create(title="A", file=get_test_image_file())
        figure = {"image": image, "caption": "A budget", "credit": ""}
        body = [("image", figure), ("resource_cards", {"pages": [home], "heading": "Budgets"})]
        publish(home, StandardPage, f"Budgets {number}", body=body)
        if number == 1:
            count_queries()
            few = count_queries()
    assert count_queries() == few <= 12


def test_search_page_is_for_people_only(home: HomePage, client: Client) -> None:
    answer = Answer(client, "budgets")
    assert answer.soup.select_one('meta[name="robots"]')["content"] == "noindex"  # type: ignore[index]
    assert client.post("/search/", {"q": "budgets"}).status_code == 405
    assert client.head("/search/?q=budgets").status_code == 200
    assert not client.cookies


def test_query_is_shown_as_text(home: HomePage, client: Client) -> None:
    answer = Answer(client, '"><script>alert(1)</script>')
    assert answer.soup.select_one("main script") is None
    assert answer.soup.select_one("#q")["value"] == '"><script>alert(1)</script>'  # type: ignore[index]


# --- Nothing asked, nothing found -------------------------------------------


@pytest.mark.parametrize("query", ["", "nowhere", "🙂"])
def test_without_a_result_the_newest_resources_are_offered(
    home: HomePage, index: ResourceIndexPage, publish: Publish, client: Client, query: str
) -> None:
    for title in ("Oldest", "Old", "New"):
        publish(index, ResourcePage, title, **OPEN)
    publish(index, VideoPage, "Newest")
    hidden = publish(index, ResourcePage, "Expired", **OPEN)
    Page.objects.filter(pk=hidden.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    publish(index, ResourcePage, "Withdrawn", **OPEN).unpublish()
    answer = Answer(client, query)
    assert answer.texts(".card__title") == ["Newest", "New", "Old"]
    assert answer.soup.select_one('a.more[href="/resources/"]') is not None
    assert answer.texts(".empty h2") == ([f"Nothing found for “{query}”"] if query else [])


# --- What staff recommend ---------------------------------------------------


def promote(text: str, **fields: Any) -> None:
    SearchPromotion.objects.create(query=Query.get(text), **fields)


def test_recommended_page_stands_first_and_once(
    home: HomePage, publish: Publish, client: Client
) -> None:
    publish(home, StandardPage, "Budgets first by words")
    picked = publish(home, StandardPage, "Money", introduction="<p>On school budgets.</p>")
    promote("School  BUDGETS", page=picked, description="Start <here>.")
    answer = Answer(client, "  school   Budgets ")
    assert answer.titles == ["Money"]
    assert answer.texts(".results__where") == ["Recommended Page"]
    assert answer.excerpt == "Start &lt;here&gt;."
    assert "1 result for “school Budgets”" in answer.texts(".search-found__count")
    assert Answer(client, "budgets").texts(".tag") == []


def test_recommended_page_need_not_hold_the_words(
    home: HomePage, publish: Publish, client: Client
) -> None:
    for number in range(11):
        publish(home, StandardPage, f"Money {number}")
    promote("money", page=publish(home, StandardPage, "Budgets", introduction="<p>On costs.</p>"))
    first, second = Answer(client, "money"), Answer(client, "money", page=2)
    assert (first.titles[0], first.excerpt) == ("Budgets", "On costs.")
    assert "12 results for “money”" in first.texts(".search-found__count")
    assert (len(first.titles), len(second.titles)) == (11, 1)
    assert second.texts(".tag") == []


def test_recommended_page_of_another_site_is_linked_to(home: HomePage, client: Client) -> None:
    promote("money", external_link_url="https://example.org/a?b&c", external_link_text="Money & us")
    promote("money", external_link_url="javascript:alert(1)", external_link_text="Harm")
    answer = Answer(client, "money")
    assert answer.titles == ["Money & us"]
    assert answer.soup.select_one(".results a")["href"] == "https://example.org/a?b&c"  # type: ignore[index]
    assert answer.texts(".search-found__count") == ["1 result for “money”"]


def test_recommended_page_is_shown_only_while_everybody_may_see_it(
    home: HomePage, publish: Publish, client: Client
) -> None:
    expired = publish(home, StandardPage, "Expired")
    Page.objects.filter(pk=expired.pk).update(expire_at=timezone.now() - timedelta(seconds=1))
    private = publish(home, StandardPage, "Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    draft = publish(home, StandardPage, "Draft")
    draft.unpublish()
    for page in (expired, private, draft):
        promote("money", page=page)
    answer = Answer(client, "money")
    assert (answer.titles, answer.texts(".empty h2")) == ([], ["Nothing found for “money”"])


def test_what_strangers_type_is_not_kept(home: HomePage, client: Client) -> None:
    Answer(client, "money")
    assert not Query.objects.exists()
