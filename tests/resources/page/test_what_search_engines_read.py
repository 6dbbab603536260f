"""The head of every page: its one address, how it looks when shared, and what it is."""

import json
import re
from datetime import UTC, date, datetime
from html import unescape
from typing import Any
from xml.etree import ElementTree

import pytest
from django.test import Client
from wagtail.models import Site

from eoc_cms.core.models import SiteSettings
from home.models import HomePage
from resources.catalogue.browsing import PER_PAGE
from resources.models import ResourceIndexPage
from tests.factories.pages import image, make_resource, make_video

SITE = "http://testserver"


def head(path: str) -> str:
    return Client().get(path).content.decode().partition("</head>")[0]


def meta(path: str, name: str) -> str | None:
    found = re.search(rf'<meta (?:name|property)="{name}" content="([^"]*)"', head(path))
    return unescape(found[1]) if found else None


def canonical(path: str) -> str:
    found = re.search(r'<link rel="canonical" href="([^"]+)"', head(path))
    return unescape(found[1]) if found else ""


def parts(path: str) -> dict[str, Any]:
    """Return the page's structured data by type; all of it must be JSON."""
    texts = re.findall(r'<script type="application/ld\+json">(.*?)</script>', head(path))
    assert len(texts) == 1
    data = json.loads(texts[0])
    assert data["@context"] == "https://schema.org"
    return {part["@type"]: part for part in data["@graph"]}


def settings() -> SiteSettings:
    return SiteSettings.for_site(Site.objects.get())


@pytest.mark.parametrize(
    ("query", "address", "robots"),
    [
        ("", "/resources/", None),
        ("?page=2", "/resources/?page=2", None),
        ("?page=999", "/resources/?page=2", None),
        ("?utm_source=mail", "/resources/", None),
        ("?topic=nowhere", "/resources/", "noindex"),
        ("?topic=many", "/resources/", "noindex"),
        ("?topic=many&page=2", "/resources/", "noindex"),
        ("?sort=title", "/resources/", "noindex"),
    ],
)
def test_every_state_of_the_list_names_the_address_to_keep(
    index: ResourceIndexPage, query: str, address: str, robots: str | None
) -> None:
    for number in range(PER_PAGE + 1):
        make_resource(index, f"Guide {number}", topics=["Many"], files=[])
    assert canonical(f"/resources/{query}") == f"{SITE}{address}"
    assert meta(f"/resources/{query}", "robots") == robots


def test_shared_page_shows_the_picture_meant_for_it(index: ResourceIndexPage) -> None:
    site_settings = settings()
    site_settings.social_image = image("Of the site")
    site_settings.save()
    cover, listing, social = image("Cover"), image("Listing"), image("Social")
    pages = {
        "of-the-site": make_resource(index, "Bare"),
        "cover": make_resource(index, "With cover", cover=cover),
        "listing": make_resource(index, "In lists", cover=cover, listing_image=listing),
        "social": make_resource(
            index, "For sharing", cover=cover, listing_image=listing, social_image=social
        ),
        "poster": make_video(index, "A video", poster=image("Poster")),
    }
    for name, page in pages.items():
        picture = meta(page.url, "og:image") or ""
        assert picture.startswith(f"{SITE}/media/images/{name}."), picture
        assert Client().get(picture.removeprefix(SITE)).status_code == 200


def test_page_whose_picture_has_gone_from_the_disk_still_opens(index: ResourceIndexPage) -> None:
    cover = image("Lost")
    page = make_resource(index, "Lost its cover", cover=cover)
    cover.file.storage.delete(cover.file.name)
    assert meta(page.url, "og:image") is None


def test_description_is_the_first_that_says_something(
    index: ResourceIndexPage, home: HomePage
) -> None:
    both = make_resource(index, "Both", search_description="For searching.", summary="A summary.")
    summary = make_resource(index, "Summary", summary="Only “this” & <that>.")
    neither = make_resource(index, "Neither")
    index.intro = "<p>What we <b>know</b>,</p><p>in one place &amp; free.</p>"
    index.save()
    assert meta(both.url, "description") == meta(both.url, "og:description") == "For searching."
    assert meta(summary.url, "description") == "Only “this” & <that>."
    assert meta(neither.url, "description") is None
    assert meta("/resources/", "description") == "What we know, in one place & free."


def test_resource_says_what_it_is_and_that_it_is_free(index: ResourceIndexPage) -> None:
    page = make_resource(
        index,
        "Empowering </script> officers",
        topics=["Money", "Law"],
        audiences=["Boards"],
        pages=24,
        gate_mode="form",
        summary="What it is.",
        edition="Second edition",
        authors="Diaz, A., & Lee, B.",
        licence="CC BY-NC-SA 4.0",
        published_on=date(2025, 9, 1),
        cover=image("Cover"),
    )
    work = parts(page.url)["CreativeWork"]
    assert work["name"] == "Empowering </script> officers"
    assert work["url"] == f"{SITE}{page.url}"
    assert work["description"] == "What it is."
    assert work["isAccessibleForFree"] is True
    assert work["conditionsOfAccess"] == "Free, after a short form"
    assert work["license"] == "https://creativecommons.org/licenses/by-nc-sa/4.0/"
    assert work["datePublished"] == "2025-09-01"
    assert work["creditText"] == "Diaz, A., & Lee, B."
    assert "author" not in work, "several people are not one person"
    assert work["publisher"] == {"@type": "Organization", "name": "Equity Officer Collective"}
    assert work["version"] == "Second edition"
    assert work["timeRequired"] == "PT25M"
    assert work["keywords"] == ["Law", "Money"]
    assert work["audience"] == [{"@type": "Audience", "audienceType": "Boards"}]
    assert work["inLanguage"] == "en-US"
    assert work["image"].startswith(f"{SITE}/media/")


def test_open_resource_without_details_says_only_what_is_known(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Bare", files=[], licence="")
    work = parts(page.url)["CreativeWork"]
    assert work["author"]["name"] == "Equity Officer Collective"
    unknown = {"license", "version", "timeRequired", "keywords", "audience", "conditionsOfAccess"}
    assert not unknown & work.keys()


def test_structured_data_tells_nothing_of_a_locked_file(index: ResourceIndexPage) -> None:
    page = make_resource(index, "Locked", files=["secret-name.pdf"], gate_mode="form")
    entry = page.files.get()
    told = json.dumps(parts(page.url)) + head(page.url)
    for word in ("secret-name", str(entry.key), "/download/", "/documents/", "contentUrl"):
        assert word not in told


def test_video_says_how_long_it_is_and_what_is_said(index: ResourceIndexPage) -> None:
    page = make_video(
        index,
        "Members convene",
        seconds=245,
        summary="A convening.",
        transcript="<p>Good morning.</p><p>Welcome.</p>",
        poster=image("Poster"),
        at=datetime(2026, 2, 3, tzinfo=UTC),
    )
    video = parts(page.url)["VideoObject"]
    assert video["name"] == "Members convene"
    assert video["description"] == "A convening."
    assert video["duration"] == "PT4M5S"
    assert video["uploadDate"].startswith("2026-02-03")
    assert video["transcript"] == "Good morning. Welcome."
    assert video["thumbnailUrl"].startswith(f"{SITE}/media/")
    assert video["isAccessibleForFree"] is True


def test_breadcrumbs_lead_from_the_home_page(index: ResourceIndexPage) -> None:
    page = make_resource(index, "A guide")
    trail = parts(page.url)["BreadcrumbList"]["itemListElement"]
    assert [item["position"] for item in trail] == [1, 2, 3]
    assert [item["name"] for item in trail] == ["Home", "Resources", "A guide"]
    assert [item["item"] for item in trail] == [
        f"{SITE}/",
        f"{SITE}/resources/",
        f"{SITE}/resources/a-guide/",
    ]


def test_home_page_says_who_runs_the_site(home: HomePage) -> None:
    site_settings = settings()
    site_settings.tagline = "Lead for equity in good company."
    site_settings.contact_email = "hello@example.org"
    site_settings.social_links.create(label="A network", url="https://social.example/eoc")
    site_settings.save()
    organisation = parts("/")["Organization"]
    assert organisation["name"] == "Equity Officer Collective"
    assert organisation["url"] == f"{SITE}/"
    assert organisation["sameAs"] == ["https://social.example/eoc"]
    assert organisation["email"] == "hello@example.org"
    assert organisation["parentOrganization"]["name"] == "The Leadership Academy"
    assert parts("/")["WebSite"]["publisher"] == {"@id": organisation["@id"]}
    assert "BreadcrumbList" not in parts("/")


def test_sitemap_lists_every_public_page_once_and_no_state_of_the_list(
    index: ResourceIndexPage,
) -> None:
    make_resource(index, "A guide", topics=["One"])
    make_video(index, "A video")
    tree = ElementTree.fromstring(Client().get("/sitemap.xml").content)  # noqa: S314
    found = [item.text or "" for item in tree.iter() if item.tag.endswith("loc")]
    assert sorted(found) == [
        f"{SITE}/",
        f"{SITE}/resources/",
        f"{SITE}/resources/a-guide/",
        f"{SITE}/resources/a-video/",
    ]
