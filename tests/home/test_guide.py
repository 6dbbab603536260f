"""Help in the admin leads to this site's own guide, with its pictures, and finds words in it."""

import re

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import get_page_models

from eoc_cms.core.models import BasePage
from home.groups import EDITORS
from home.guide import reading
from resources.models import ResourceIndexPage
from tests.factories.fixtures import SignIn


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    return sign_in(EDITORS)


def test_help_leads_to_the_guide(staff: Client) -> None:
    home = staff.get("/admin/").content.decode()
    assert reverse("home_guide") in home
    assert "Wagtail\\u0027s own guide" in home or "Wagtail's own guide" in home


def test_page_is_headed_by_its_name(staff: Client) -> None:
    page = BeautifulSoup(staff.get(reverse("home_guide")).content, "html.parser")
    assert page.h1
    assert "Editor guide" in page.h1.get_text()


def test_guide_is_whole_and_its_pictures_show(staff: Client) -> None:
    page = BeautifulSoup(staff.get(reverse("home_guide")).content, "html.parser")
    written = re.findall(r"^## (.+)$", reading.PAGE.read_text(encoding="utf-8"), re.MULTILINE)
    guide = page.select_one(".eoc-guide")
    assert guide is not None
    assert [heading.get_text() for heading in guide.select("h2")] == written
    pictures = guide.select("img")
    assert len(pictures) == len(list(reading.PICTURES.glob("*.png")))
    for picture in pictures:
        answer = staff.get(str(picture["src"]))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png")
    links = [str(link["href"]) for link in guide.select("a")]
    assert [link for link in links if ".md" in link] == []
    assert all(guide.select_one(link) for link in links if link.startswith("#"))


def test_words_are_found_in_their_chapters(staff: Client) -> None:
    page = staff.get(reverse("home_guide"), {"q": "captions video"}).content.decode()
    assert "#publish-a-video" in page
    assert "#export" not in page
    none = staff.get(reverse("home_guide"), {"q": "<b>zebra</b>"}).content.decode()
    assert "0 chapters have" in none
    assert "<b>zebra" not in none


@pytest.mark.parametrize("name", ["../home.png", "..%2fhome.png", "none.png", "home.png"])
def test_only_the_guides_pictures_are_sent(staff: Client, name: str) -> None:
    answer = staff.get(f"/admin/guide/pictures/{name}", follow=True)
    assert answer.status_code == 404


def test_every_page_type_names_a_chapter() -> None:
    anchors = {chapter.anchor for chapter in reading.chapters()}
    types = [model for model in get_page_models() if issubclass(model, BasePage)]
    assert types
    assert [model for model in types if model.guide_chapter not in anchors] == []


def test_form_of_a_page_leads_to_its_chapter(staff: Client, index: ResourceIndexPage) -> None:
    address = reverse("wagtailadmin_pages:add", args=["resources", "resourcepage", index.pk])
    assert f"{reverse('home_guide')}#publish-a-guide-behind-a-form" in (
        staff.get(address).content.decode()
    )
