"""Whoever is refused a page reads why in plain words, and finds the way on."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client


def refused_by_rights(password: str) -> Client:
    """Sign in as somebody who may not see the accounts."""
    client = Client()
    assert client.login(username="editor", password=password)
    return client


@pytest.mark.parametrize("why", ["no right", "form without its token"])
def test_refusal_is_a_page_of_the_site(demo: str, why: str) -> None:
    if why == "no right":
        # Wagtail leads browsers to its home; only what a script asks for is refused so.
        ajax = {"X-Requested-With": "XMLHttpRequest"}
        response = refused_by_rights(demo).get("/admin/users/", headers=ajax)
        words = "sign in with the account that may"
    else:
        response = Client(enforce_csrf_checks=True).post("/admin/login/", {"username": "editor"})
        words = "Go back, reload the page, and send it once more."
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == 403
    assert page.main
    assert page.main.h1
    assert words in page.main.get_text()
    links = {link["href"] for link in page.main.select("a[href]")}
    assert {"/", "/resources/"} <= links
    assert page.select_one("meta[name=robots][content=noindex]")
    assert "no-store" in response["Cache-Control"]
    assert not response.cookies.get("eoc_access")
