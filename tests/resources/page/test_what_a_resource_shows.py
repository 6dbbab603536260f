"""Each field of a resource shows on its page when it is filled in, and leaves no gap when not."""

import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any

import pytest
from django.test import Client

from resources.models import ResourceIndexPage, ResourcePage
from resources.models.licences import LICENCES, licence_url
from resources.page.citation import cite
from tests.factories.pages import image, make_resource

FULL: dict[str, Any] = {
    "summary": "What it is for.",
    "published_on": date(2025, 9, 1),
    "edition": "Second edition",
    "authors": "Diaz, A., & Lee, B.",
    "licence": "CC BY 4.0",
    "whats_inside": "<ul><li>Three questions</li></ul>",
    "excerpt": "<p>Read this first.</p>",
    "body": [("text", "<p>In the body.</p>")],
}


def text_of(page: Any) -> str:
    """Return what a visitor reads of the page, without its head, menus and markup."""
    content = Client().get(page.url).content.decode()
    main = content.partition("<main")[2].partition("</main>")[0]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", main)).split())


def facts_of(page: Any) -> dict[str, str]:
    content = Client().get(page.url).content.decode()
    facts = content.partition('<dl class="facts">')[2].partition("</dl>")[0]
    pairs = re.findall(r"<dt>(.*?)</dt>\s*<dd>(.*?)</dd>", facts, re.S)
    return {name: unescape(re.sub(r"<[^>]+>", "", value)) for name, value in pairs}


def test_everything_an_editor_fills_in_is_shown(index: ResourceIndexPage) -> None:
    other = make_resource(index, "Read next")
    page = make_resource(
        index,
        "A guide",
        topics=["Money"],
        audiences=["Boards"],
        files=["a.pdf", "b.docx"],
        pages=24,
        related=[other],
        cover=image("Its own cover"),
        **FULL,
    )
    assert facts_of(page) == {
        "Format": "PDF, Word",
        "Length": "24 pages",
        "Reading time": "25 minutes",
        "Edition": "Second edition",
        "Date": "September 2025",
        "By": "Diaz, A., & Lee, B.",
        "License": "CC BY 4.0",
    }
    shown = text_of(page)
    for words in (
        "What it is for.",
        "Boards",
        "Money",
        "Three questions",
        "Read this first.",
        "In the body.",
        "Cite this",
        "Read next",
    ):
        assert words in shown, words
    content = Client().get(page.url).content.decode()
    assert "its-own-cover" in content
    assert 'rel="license"' in content


def test_bare_resource_shows_no_empty_part(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Bare", files=[], licence="")
    assert facts_of(page) == {}
    shown = text_of(page)
    for heading in ("What is inside", "Read a part", "Related resources", "None", "()"):
        assert heading not in shown, heading
    content = Client().get(page.url).content.decode()
    assert 'class="cover' in content, "a cover is drawn from the title"
    assert not re.search(r"<(p|ul|dl|dd|h2)[^>]*>\s*</\1>", content.partition("<main")[2])


def test_what_the_editor_says_of_the_length_wins(index: ResourceIndexPage) -> None:
    slides = make_resource(
        index, "Slides", files=["a.pptx"], pages=None, length_text="24 slides", minutes=1
    )
    assert facts_of(slides)["Length"] == "24 slides"
    assert facts_of(slides)["Reading time"] == "1 minute"
    assert "24 slides" in text_of(index)


@pytest.mark.parametrize("licence", [value for value, _label in LICENCES if value])
def test_every_licence_leads_to_its_own_page(licence: str) -> None:
    terms, version = licence.removeprefix("CC ").lower().split()
    assert licence_url(licence) == f"https://creativecommons.org/licenses/{terms}/{version}/"


def test_all_rights_reserved_and_unknown_licences_lead_nowhere() -> None:
    assert [licence_url(text) for text in ("", "All rights reserved", "CC BY")] == ["", "", ""]


def guide(**fields: Any) -> ResourcePage:
    values = {"title": "A guide", "slug": "a-guide", "published_on": date(2025, 9, 1), **fields}
    return ResourcePage(**values)


def cited(page: ResourcePage) -> Any:
    return cite(page, url="https://eoc.example/a-guide/", publisher="The Collective")


# A page, also one that is not saved, looks up its content type.
@pytest.mark.django_db
@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({}, "The Collective. (2025). A guide. https://eoc.example/a-guide/"),
        (
            {"authors": "Diaz, A., & Lee, B.", "edition": "2nd ed."},
            "Diaz, A., & Lee, B. (2025). A guide (2nd ed.). https://eoc.example/a-guide/",
        ),
        (
            {"title": "What now?", "published_on": None},
            "The Collective. (n.d.). What now? https://eoc.example/a-guide/",
        ),
        (
            {"published_on": None, "first_published_at": datetime(2024, 1, 2, tzinfo=UTC)},
            "The Collective. (2024). A guide. https://eoc.example/a-guide/",
        ),
    ],
)
def test_apa_citation_follows_the_manual(fields: dict[str, Any], expected: str) -> None:
    assert cited(guide(**fields)).apa == expected


@pytest.mark.django_db
def test_bibtex_entry_can_be_read_by_bibtex() -> None:
    page = guide(title="50% & {more}_#1", authors="Zoë ~ Lee\\Diaz", edition="2nd")
    assert cited(page).bibtex == (
        "@techreport{a-guide,\n"
        r"  author = {{Zoë \textasciitilde{} Lee\textbackslash{}Diaz}}," + "\n"
        r"  title = {{50\% \& \{more\}\_\#1}}," + "\n"
        "  institution = {The Collective},\n"
        "  edition = {2nd},\n"
        "  year = {2025},\n"
        "  url = {https://eoc.example/a-guide/}\n"
        "}"
    )


def test_citation_names_the_site_as_it_calls_itself(index: ResourceIndexPage) -> None:
    page = make_resource(index, "A guide", published_on=date(2025, 9, 1))
    expected = "Equity Officer Collective. (2025). A guide. http://testserver/resources/a-guide/"
    assert expected in text_of(page)
