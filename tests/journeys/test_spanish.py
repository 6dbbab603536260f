"""What happens once staff add Spanish: Wagtail's own translations, found by address."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from wagtail.models import Locale, Page

from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage, ResourcePage

pytestmark = pytest.mark.indexed


@pytest.fixture
def spanish_home(demo: str) -> Page:
    """Give the Spanish copy of the demo's home page, list and first guide, all published."""
    spanish = Locale.objects.create(language_code="es")
    home = HomePage.objects.get().copy_for_translation(spanish)
    home.title = "Colectivo de responsables de equidad"
    home.save_revision().publish()
    for page in (
        ResourceIndexPage.objects.get(),
        ResourcePage.objects.get(slug="empowering-equity-officers"),
        StandardPage.objects.get(slug="privacy"),
    ):
        copy = page.copy_for_translation(spanish)
        copy.title = f"En español: {page.title}"
        copy.save_revision().publish()
    return home


def soup_of(path: str) -> BeautifulSoup:
    response = Client().get(path)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_spanish_pages_say_so_and_link_to_their_english_versions(spanish_home: Page) -> None:
    page = soup_of("/es/resources/empowering-equity-officers/")
    assert page.html
    assert page.html["lang"] == "es"
    versions = {str(link["hreflang"]): str(link["href"]) for link in page.select("link[hreflang]")}
    assert versions["en-US"].endswith("/resources/empowering-equity-officers/")
    assert versions["es"].endswith("/es/resources/empowering-equity-officers/")
    response = Client().get("/es/resources/empowering-equity-officers/")
    assert response["Content-Language"] == "es"
    assert "Accept-Language" not in response.get("Vary", "")


def test_dates_are_written_in_the_language_of_the_page(spanish_home: Page) -> None:
    guide = ResourcePage.objects.get(locale__language_code="es")
    guide.published_on = "2023-02-01"
    guide.save_revision().publish()
    assert "febrero" in soup_of("/es/resources/empowering-equity-officers/").get_text().lower()


def test_menus_lead_to_the_spanish_page_where_there_is_one(spanish_home: Page) -> None:
    menu = soup_of("/es/").select_one("nav.menu")
    assert menu is not None
    links = {link["href"]: link.get_text(strip=True) for link in menu.select("a")}
    assert links["/es/resources/"] == "En español: Resources"
    assert "/contact/" in links


def test_lists_and_search_keep_to_one_language(spanish_home: Page) -> None:
    spanish, english = soup_of("/es/search/?q=pushback"), soup_of("/search/?q=pushback")
    path = "/resources/empowering-equity-officers/"
    found = [{link["href"] for link in page.select("main a")} for page in (spanish, english)]
    assert f"/es{path}" in found[0]
    assert path not in found[0]
    assert path in found[1]
    assert f"/es{path}" not in found[1]
    home = {link["href"] for link in soup_of("/").select("main a")}
    assert not any(str(address).startswith("/es/") for address in home)


def test_a_spanish_guide_is_locked_and_opens_like_any_other(spanish_home: Page) -> None:
    visitor = Client()
    address = "/es/resources/empowering-equity-officers/"
    answer = {"work_email": "ana@example.org", "role": "Equity officer"}
    response = visitor.post(address, answer, follow=True)
    assert b"/download/" in response.content


def test_unknown_language_is_a_missing_page(spanish_home: Page) -> None:
    assert Client().get("/fr/").status_code == 404
    assert reverse("search") == "/search/"
