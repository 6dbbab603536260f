"""A redirect that staff make leads somewhere else, or is refused in words."""

import html
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from home.models import HomePage, StandardPage
from tests.factories.fixtures import SUPERUSER, Publish, SignIn

HOST = "site.example.org"
SITE = f"https://{HOST}"
ITSELF = "This redirect would lead to itself."
BACK = "Redirects lead from there back to “/a”"


@pytest.fixture
def staff(sign_in: SignIn) -> Client:
    Site.objects.update(hostname=HOST)
    return sign_in(SUPERUSER)


def saved(staff: Client, redirect: Redirect | None = None, **values: Any) -> str:
    address = reverse("wagtailredirects:add")
    if redirect:
        address = reverse("wagtailredirects:edit", args=[redirect.pk])
    data = {"old_path": "/a/", "site": "", "redirect_page": "", "redirect_link": "", **values}
    answer = staff.post(address, data, follow=True)
    assert answer.status_code == 200
    return html.unescape(answer.content.decode())


@pytest.mark.parametrize("link", ["/a/", "/a", "/a/#top"])
def test_redirect_to_itself_is_refused(staff: Client, link: str) -> None:
    assert ITSELF in saved(staff, redirect_link=f"{SITE}{link}")
    assert not Redirect.objects.exists()


def test_redirect_to_the_page_that_stands_there_is_refused(
    staff: Client, home: HomePage, publish: Publish
) -> None:
    page = publish(home, StandardPage, "A")
    assert ITSELF in saved(staff, redirect_page=page.pk)


@pytest.mark.parametrize("link", ["/b/", "/c/"])
def test_redirect_that_closes_a_ring_is_refused(staff: Client, link: str) -> None:
    Redirect.objects.create(old_path="/c", redirect_link="/b/")
    Redirect.objects.create(old_path="/b", redirect_link="/a/")
    assert BACK in saved(staff, redirect_link=f"{SITE}{link}")
    assert not Redirect.objects.filter(old_path="/a").exists()


def test_redirect_that_is_changed_is_held_to_the_same(staff: Client) -> None:
    Redirect.objects.create(old_path="/b", redirect_link="/a/")
    redirect = Redirect.objects.create(old_path="/a", redirect_link="/d/")
    assert BACK in saved(staff, redirect, redirect_link=f"{SITE}/b/")
    assert "updated" in saved(staff, redirect, redirect_link=f"{SITE}/e/")


@pytest.mark.parametrize("link", [f"{SITE}/elsewhere/", "https://example.org/a/"])
def test_redirect_that_leads_elsewhere_is_saved(staff: Client, link: str) -> None:
    Redirect.objects.create(old_path="/b", redirect_link="/c/")
    Redirect.objects.create(old_path="/c", redirect_link="/b/")
    assert "Redirect '/a' added." in saved(staff, redirect_link=link)


def imported(staff: Client, *rows: tuple[str, str]) -> str:
    """Import redirects from a file, and return what the list of redirects says then."""
    table = "\n".join(",".join(row) for row in [("from", "to"), *rows])
    file = SimpleUploadedFile("redirects.csv", table.encode(), "text/csv")
    asked = staff.post(reverse("wagtailredirects:start_import"), {"import_file": file})
    kept = {
        name: asked.context["form"].initial[name] for name in ("import_file_name", "input_format")
    }
    data = {**kept, "from_index": "0", "to_index": "1", "permanent": "on"}
    staff.post(reverse("wagtailredirects:process_import"), data)
    return html.unescape(staff.get(reverse("wagtailredirects:index")).content.decode())


def paths() -> list[str]:
    return sorted(Redirect.objects.values_list("old_path", flat=True))


def test_imported_redirects_that_lead_back_are_left_out_in_words(staff: Client) -> None:
    Redirect.objects.create(old_path="/c", redirect_link="/d/")
    said = imported(
        staff,
        ("/a/", f"{SITE}/a/"),
        ("/b/", f"{SITE}/c/"),
        ("/d/", f"{SITE}/b/"),
        ("/e/", f"{SITE}/f/"),
    )
    assert "2 of the redirects were left out" in said
    assert "“/a” and “/d”" in said
    assert paths() == ["/b", "/c", "/e"]


def test_import_of_straight_redirects_says_nothing_more(staff: Client) -> None:
    said = imported(staff, ("/a/", f"{SITE}/b/"), ("/c/", "https://example.org/c/"))
    assert "Imported 2 redirects" in said
    assert "left out" not in said
    assert paths() == ["/a", "/c"]
