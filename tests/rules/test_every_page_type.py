"""What holds for every page type, asked of the demo's own pages."""

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from wagtail.models import Page, get_page_models

PAGES = {
    "home.HomePage": "/",
    "home.CollectivePage": "/collective/",
    "home.StandardPage": "/privacy/",
    "resources.ResourceIndexPage": "/resources/",
    "resources.ResourcePage": "/resources/empowering-equity-officers/",
    "resources.VideoPage": "/resources/atlanta-convening/",
    "forms_app.FormPage": "/contact/",
}
# When nothing is cached. That none of them grows with content is shown in
# tests/resources/views/test_query_counts.py, with more content than the demo has.
QUERIES = {
    "home.HomePage": 23,
    "home.CollectivePage": 8,
    "home.StandardPage": 10,
    "resources.ResourceIndexPage": 18,
    "resources.ResourcePage": 24,
    "resources.VideoPage": 22,
    "forms_app.FormPage": 8,
}
OURS = {
    model._meta.label: model
    for model in get_page_models()
    if model._meta.app_label in {"home", "resources", "forms_app"}
}

each_page = pytest.mark.parametrize("label", sorted(OURS))


def page_of(label: str) -> Page:
    model = OURS[label]
    slug = PAGES[label].strip("/").rpartition("/")[2] or "home"
    return model.objects.get(slug=slug)


@each_page
def test_is_among_the_demos_pages(label: str) -> None:
    assert label in PAGES


@each_page
def test_a_stranger_reads_it_at_its_address_without_a_cookie(demo: str, label: str) -> None:
    response = Client().get(PAGES[label])
    assert response.status_code == 200
    assert not response.cookies
    soup = BeautifulSoup(response.content, "html.parser")
    assert soup.title
    assert soup.title.get_text(strip=True)
    assert len(soup.select("h1")) == 1
    assert len(soup.select("main")) == 1
    assert soup.select_one("meta[name=description]")
    assert soup.select_one('meta[property="og:image"]')
    canonical = soup.select_one("link[rel=canonical]")
    assert canonical
    assert str(canonical["href"]).endswith(PAGES[label])


@each_page
def test_says_where_it_may_stand_and_what_it_is_for(label: str) -> None:
    model = OURS[label]
    assert "parent_page_types" in vars(model)
    assert "subpage_types" in vars(model)
    assert model.get_page_description()


@each_page
def test_opens_in_the_editor(demo: str, label: str) -> None:
    client = Client()
    assert client.login(username="publisher", password=demo)
    response = client.get(reverse("wagtailadmin_pages:edit", args=[page_of(label).pk]))
    assert response.status_code == 200


@each_page
def test_every_preview_mode_renders(demo: str, label: str) -> None:
    page = page_of(label)
    for mode, _name in page.preview_modes:
        assert page.make_preview_request(preview_mode=mode).status_code == 200, mode


@each_page
def test_needs_no_script_to_be_read(demo: str, label: str) -> None:
    """Every script is one of ours and only enhances: none stands in the page itself."""
    soup = BeautifulSoup(Client().get(PAGES[label]).content, "html.parser")
    for script in soup.select("script"):
        is_data = script.get("type") == "application/ld+json"
        assert is_data or str(script.get("src", "")).startswith("/static/")
    assert not soup.select("[onclick], [onload], [onsubmit]")


@each_page
def test_asks_no_other_host_for_anything(demo: str, label: str) -> None:
    soup = BeautifulSoup(Client().get(PAGES[label]).content, "html.parser")
    loaded = [
        str(tag.get(name))
        for name in ("src", "srcset", "poster", "data")
        for tag in soup.select(f"[{name}]")
    ]
    loaded += [
        str(link["href"])
        for link in soup.select("link[rel~=stylesheet], link[rel~=preload], link[rel~=icon]")
    ]
    assert loaded
    assert [address for address in loaded if "//" in address] == []


@each_page
def test_who_has_access_shares_the_page_unless_it_depends_on_that(demo: str, label: str) -> None:
    with_access = Client()
    guide = PAGES["resources.ResourcePage"]
    with_access.post(guide, {"work_email": "ana@example.org", "role": "Other leader"})
    cache.clear()
    own = with_access.get(PAGES[label])
    shared = Client().get(PAGES[label])
    depends = OURS[label].view_class.depends_on_access
    assert (own.content == shared.content) is not depends
    assert ("public" in own["Cache-Control"]) is not depends
    with CaptureQueriesContext(connection) as captured:
        again = with_access.get(PAGES[label])
    assert again.content == own.content
    assert (len(captured) == 0) is not depends


@each_page
def test_takes_as_many_queries_as_written_here_and_none_from_the_cache(
    demo: str, label: str
) -> None:
    Client().get(PAGES[label])  # makes the pictures in the sizes that the page shows
    cache.clear()
    Client().get("/accessibility/")  # Wagtail keeps where the site's root is.
    with CaptureQueriesContext(connection) as fresh:
        Client().get(PAGES[label])
    with CaptureQueriesContext(connection) as kept:
        Client().get(PAGES[label])
    assert (len(fresh), len(kept)) == (QUERIES[label], 0)
