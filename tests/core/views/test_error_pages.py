"""The error pages that stand when nothing behind them does, and the icon on every page."""

from pathlib import Path

import pytest
from bs4 import BeautifulSoup
from django.contrib.staticfiles import finders
from django.template.loader import render_to_string

from home.demo.media import media_path


# Without the database mark, asking the database fails the test.
@pytest.mark.parametrize("template", ["400.html", "500.html"])
def test_page_renders_without_the_database(template: str) -> None:
    page = BeautifulSoup(render_to_string(template), "html.parser")
    assert page.title
    assert page.h1
    assert page.select_one("a.button[href='/']")
    assert page.html
    assert page.html["lang"] == "en"
    assert page.select_one("meta[name=robots][content=noindex]")
    assert len(page.select("link[rel=stylesheet]")) == 2


@pytest.mark.parametrize(
    ("name", "served"), [("favicon", "favicon.svg"), ("apple_touch_icon", "apple-touch-icon.png")]
)
def test_served_icon_is_the_drawn_one(name: str, served: str) -> None:
    found = finders.find(f"eoc/img/{served}")
    assert found
    assert Path(found).read_bytes() == media_path(name).read_bytes()
