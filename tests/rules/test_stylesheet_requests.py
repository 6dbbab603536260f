"""However many files the styles are written in, a page asks for the same few."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from forms_app.models import FormField, FormPage
from tests.rules.test_every_page_type import PAGES

pytestmark = pytest.mark.sweep

# One for the frame, one for content, one for forms, one for paper.
EVERY_PAGE = 4
LONG_FORM = EVERY_PAGE + 1


def sheets_of(path: str) -> list[str]:
    soup = BeautifulSoup(Client().get(path).content, "html.parser")
    return [str(link["href"]) for link in soup.select("link[rel~=stylesheet]")]


@pytest.mark.parametrize("path", [*PAGES.values(), "/search/?q=equity", "/not-there/"])
def test_page_asks_for_no_more_than_the_common_sheets(demo: str, path: str) -> None:
    assert 0 < len(sheets_of(path)) <= EVERY_PAGE


def test_long_form_asks_for_one_more(demo: str) -> None:
    contact = FormPage.objects.get(slug="contact")
    contact.form_fields.add(FormField(label="About you", field_type="step", sort_order=99))
    contact.save_revision().publish()
    assert EVERY_PAGE < len(sheets_of("/contact/")) <= LONG_FORM
