"""Which pages are found, and that nobody finds what is not for everybody.

The suite runs these on SQLite and on PostgreSQL: the same pages, the same best one.
"""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from wagtail.models import Locale, Page, PageViewRestriction, Site

from eoc_cms.core.models import CustomDocument
from eoc_cms.core.models.search_text import MAX_LETTERS
from forms_app.models import FormPage
from home.models import CollectivePage, HomePage, StandardPage
from home.search import SearchQuery, find, searchable_pages
from resources.models import ResourceFile, ResourceIndexPage, ResourcePage, VideoPage
from tests.factories.fixtures import Publish

pytestmark = pytest.mark.indexed

GUIDE = "Empowering Equity Officers"
ROADMAP = "A Roadmap for the First Few Years"
VIDEO = "Members convene in Atlanta"
OPEN = {"gate_mode": ResourcePage.GateMode.OPEN}
HOSTILE = [
    '"',
    '"open',
    "'",
    "''''",
    "*",
    "equit*",
    "NEAR(equity officers, 5)",
    "AND",
    "AND OR NOT",
    "NOT equity",
    "equity AND",
    "title:equity",
    "{title body} : equity",
    "^equity",
    "-equity",
    "+equity",
    "(equity",
    ")",
    "equity & | ! <-> officer:*",
    "%s %(a)s %",
    "\\",
    "a\\'b",
    "; DROP TABLE wagtailcore_page; --",
    "🙂",
    "👩‍🏫 equity",
    "\x00",
    "equity\x00officers",
    "\ud800",
    "equity\udfff",
    "\u202eequity",
    "ﬁ ½ ² ™ \uff21 İ ß",
    "e\u0301quity",
    "中文 العربية हिन्दी",
    " \t\n\u3000",
    "the of and",
    "word " * 900,
    "a" * 10_000,
]


def found(text: str, root: Page) -> list[str]:
    """Return the titles of what a query finds, the best first."""
    pages = searchable_pages(root)
    matches = find(SearchQuery.read(text), pages)
    titles = dict(pages.values_list("pk", "title"))
    return [titles[match.page_id] for match in matches]


@pytest.fixture
def library(home: HomePage, index: ResourceIndexPage, publish: Publish) -> HomePage:
    """Fill a site with pages that speak of one another's subjects."""
    publish(
        index,
        ResourcePage,
        GUIDE,
        summary="Ways to listen to a community before a difficult meeting.",
        authors="Inés Gálvez",
        body=[("text", "<p>What families say, and what is behind it.</p>")],
        **OPEN,
    )
    publish(
        index,
        ResourcePage,
        ROADMAP,
        summary="For officers who are new to the work.",
        body=[("text", "<p>Equity audits, K–12 budgets, and/or a policy. See example.org.</p>")],
        **OPEN,
    )
    publish(
        index,
        VideoPage,
        VIDEO,
        summary="Two days together.",
        place="Atlanta, Georgia",
        transcript="<p>Welcome. My father’s stories began in the classroom.</p>",
    )
    publish(
        home,
        StandardPage,
        "About us",
        introduction="<p>Who we are.</p>",
        body=[("text", "<p>We meet every year in Atlanta. Our policies are on request.</p>")],
    )
    publish(home, CollectivePage, "The Collective", introduction="<p>How the story began.</p>")
    publish(home, FormPage, "Write to us", intro="<p>Questions about a community?</p>")
    return home


def test_pages_with_every_word_are_found_the_best_first(library: HomePage) -> None:
    expected = {
        "roadmap": [ROADMAP],
        "EQUITY officers": [GUIDE, "Equity Officer Collective", ROADMAP],
        "empowering equity officers": [GUIDE],
        "atlanta": [VIDEO, "About us"],
        "georgia": [VIDEO],
        "community": ["Write to us", GUIDE],
        "classroom": [VIDEO],
        "nowhere": [],
        "roadmap nowhere": [],
    }
    assert {query: found(query, library) for query in expected} == expected


def test_word_is_found_as_people_type_it(library: HomePage) -> None:
    expected = {
        "classr": VIDEO,  # the beginning of a word
        "roadm yea": ROADMAP,
        "policy": "About us",  # one finds many, and many one
        "policies": ROADMAP,
        "story": VIDEO,
        "budget": ROADMAP,
        "galvez ines": GUIDE,  # accents, in any order
        "GÁLVEZ": GUIDE,
        "fathers": VIDEO,
        "father's": VIDEO,
        "k-12": ROADMAP,  # signs that each database reads in its own way
        "12": ROADMAP,
        "and/or": ROADMAP,
        "example": ROADMAP,
        "org": ROADMAP,
        "how do I listen to the community?": GUIDE,  # words that say little
    }
    missed = [query for query, title in expected.items() if title not in found(query, library)]
    assert missed == []


def test_middle_of_a_word_and_the_start_of_a_short_one_are_not_looked_for(
    library: HomePage,
) -> None:
    assert [found(query, library) for query in ("oadmap", "at", "fe", "k1")] == [[], [], [], []]


def test_word_in_a_summary_weighs_more_than_one_in_the_text(
    index: ResourceIndexPage, publish: Publish
) -> None:
    publish(index, ResourcePage, "First", summary="On budgets.", **OPEN)
    text = [("text", "<p>Budgets, a second time budgets.</p>")]
    publish(index, ResourcePage, "Second", body=text, **OPEN)
    assert found("budgets", index) == ["First", "Second"]


def test_of_two_equal_pages_the_newer_comes_first(home: HomePage, publish: Publish) -> None:
    for title in ("Older budget", "Newer budget"):
        publish(home, StandardPage, title)
    assert found("budget", home) == ["Newer budget", "Older budget"]


CELL = {"columns": [{"type": "text", "heading": "Headword"}], "rows": [{"values": ["Cellword"]}]}
BLOCKS: list[tuple[str, str, Any]] = [
    ("heading", "Headingword", {"text": "Headingword"}),
    ("quote", "Quoteword", {"quote": "Quoteword", "attribution": ""}),
    ("callout", "Calloutword", {"tone": "note", "title": "", "text": "<p>Calloutword</p>"}),
    ("accordion", "Foldword", {"items": [{"title": "A", "text": "<p><b>Foldword</b></p>"}]}),
    ("table", "Captionword", {"table": {**CELL, "caption": "Captionword"}}),
    ("table", "Headword", {"table": {**CELL, "caption": "A"}}),
    ("table", "Cellword", {"table": {**CELL, "caption": "A"}}),
    ("statistics", "Countword", {"items": [{"figure": "1", "label": "Countword", "source": ""}]}),
    ("timeline", "Momentword", {"items": [{"date": "1", "title": "Momentword", "text": ""}]}),
    ("people", "Roleword", {"items": [{"name": "A", "role": "Roleword", "text": ""}]}),
    ("anecdote", "Anecdoteword", {"text": "<p>Anecdoteword</p>", "role": "A"}),
    ("prompt", "Promptword", {"prompts": ["One", "Promptword"]}),
    ("reflection", "Reflectword", {"text": "<p>Reflectword</p>"}),
    ("tip", "Tipword", {"text": "<p>Tipword</p>"}),
    ("takeaway", "Takeword", {"text": "<p>Takeword</p>"}),
    ("core_question", "Deepword", {"question": "A", "guidance": [("tip", {"text": "Deepword"})]}),
    ("video", "Spokenword", {"url": "", "title": "A", "transcript": "<p>Spokenword</p>"}),
    ("call_to_action", "Actionword", {"title": "Actionword", "text": "", "button_label": "A"}),
]  # fmt: skip


@pytest.mark.parametrize(("block", "word", "value"), BLOCKS, ids=[word for _, word, _ in BLOCKS])
def test_text_of_a_block_is_found(
    index: ResourceIndexPage, publish: Publish, block: str, word: str, value: Any
) -> None:
    stream = ResourcePage._meta.get_field("body").stream_block
    body = [(block, stream.child_blocks[block].normalize(value))]
    publish(index, ResourcePage, "With a block", body=body, **OPEN)
    assert found(word, index) == ["With a block"]


def test_locked_file_is_not_found_by_its_name_or_content(
    index: ResourceIndexPage, publish: Publish
) -> None:
    document = CustomDocument(title="Hiddentitle")
    document.file.save("hiddenname.txt", ContentFile(b"hiddencontent"))
    page = publish(
        index,
        ResourcePage,
        "A guide",
        gate_mode=ResourcePage.GateMode.FORM,
        body=[("document_link", {"document": document, "label": "Hiddenlink"})],
        files=[ResourceFile(document=document, label="Hiddenlabel")],
    )
    assert found("guide", index) == [page.title]
    assert found("hidden", index) == []


def test_what_is_not_read_on_a_page_is_not_found(home: HomePage, publish: Publish) -> None:
    video = {"url": "https://www.youtube.com/watch?v=M7lc1UVf-VE", "title": "A", "transcript": ""}
    action = {"title": "A", "text": "", "button_label": "Pressme", "url": "https://example.org/"}
    publish(home, StandardPage, "A page", body=[("video", video), ("call_to_action", action)])
    assert [found(word, home) for word in ("youtube", "pressme", "example")] == [[], [], []]


def test_what_is_not_for_everybody_is_not_found(home: HomePage, publish: Publish) -> None:
    soon, before = timezone.now() + timedelta(hours=1), timezone.now() - timedelta(seconds=1)
    publish(home, StandardPage, "Secret but open")
    publish(home, StandardPage, "Secret draft").unpublish()
    home.refresh_from_db()
    home.add_child(instance=StandardPage(title="Secret new draft", live=False))
    expired = publish(home, StandardPage, "Secret until yesterday")
    Page.objects.filter(pk=expired.pk).update(expire_at=before)
    home.refresh_from_db()
    later = home.add_child(instance=StandardPage(title="Secret plan", live=False, go_live_at=soon))
    later.save_revision().publish()
    for restriction in ("password", "login", "groups"):
        page = publish(home, StandardPage, f"Secret by {restriction}")
        publish(page, StandardPage, f"Secret below {restriction}")
        PageViewRestriction.objects.create(page=page, restriction_type=restriction, password="x")
    publish(home, StandardPage, "Secret deleted").delete()
    assert found("secret", home) == ["Secret but open"]


def test_unpublished_change_of_a_live_page_is_not_found(home: HomePage, publish: Publish) -> None:
    page = publish(home, StandardPage, "Live", introduction="<p>publicword</p>")
    page.introduction = "<p>draftword</p>"
    page.save_revision()
    assert (found("publicword", home), found("draftword", home)) == (["Live"], [])
    page.get_latest_revision().publish()
    assert (found("publicword", home), found("draftword", home)) == ([], ["Live"])


def test_each_site_finds_its_own_pages_and_never_the_root_above(
    home: HomePage, publish: Publish, client: Client
) -> None:
    publish(home, StandardPage, "Rooted here")
    other = publish(Page.get_first_root_node(), HomePage, "Another site", slug="other")
    publish(other, StandardPage, "Rooted there")
    Site.objects.create(hostname="localhost", root_page=other)
    here = client.get("/search/?q=root").content.decode()
    there = client.get("/search/?q=root", headers={"host": "localhost"}).content.decode()
    assert ("/rooted-here/" in here, "1 result" in here) == (True, True)
    assert ("/rooted-there/" in there, "1 result" in there) == (True, True)


def test_each_language_finds_its_own_pages(
    home: HomePage, publish: Publish, client: Client
) -> None:
    spanish = Locale.objects.create(language_code="es")
    translated = home.copy_for_translation(spanish)
    translated.save_revision().publish()
    publish(home, StandardPage, "Audit in English")
    publish(translated, StandardPage, "Auditoría", locale=spanish)
    here = client.get("/search/?q=audit").content.decode()
    there = client.get("/es/search/?q=audit").content.decode()
    assert ("Audit in English</a>" in here, "Auditoría</a>" in here) == (True, False)
    assert ("Audit in English</a>" in there, "Auditoría</a>" in there) == (False, True)


def test_very_long_text_is_kept_and_found(home: HomePage, publish: Publish) -> None:
    words = " ".join(f"longword{number}" for number in range(60_000))
    assert len(words) > 2 * MAX_LETTERS
    publish(home, StandardPage, "Long", body=[("text", f"<p>{words}</p>")])
    assert found("longword1234", home) == ["Long"]


@pytest.mark.parametrize("query", HOSTILE)
def test_signs_and_operators_are_never_more_than_text(
    home: HomePage, client: Client, query: str
) -> None:
    address = query.encode("utf-8", "replace").decode()
    assert client.get("/search/", {"q": address}).status_code == 200
    assert len(SearchQuery.read(query).text) <= 100
    found(query, home)


@given(query=st.text(max_size=120))
@example(query="ǅ ŉ ﬃ")
@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_no_text_breaks_search(home: HomePage, query: str) -> None:
    found(query, home)


@given(words=st.lists(st.text(min_size=1, max_size=12), min_size=1, max_size=6))
@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_page_is_found_by_every_word_on_it(
    home: HomePage, publish: Publish, words: list[str]
) -> None:
    Page.objects.filter(title="Any text").delete()
    text = SearchQuery.read(" ".join(words)).text
    publish(home, StandardPage, "Any text", search_description=text)
    if SearchQuery.read(text).terms:
        assert found(text, home) == ["Any text"]
