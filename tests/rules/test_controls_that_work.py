"""The admin offers no control that does nothing."""

from typing import Any

import pytest
from django.test import Client
from wagtail.models import Locale, get_page_models

from eoc_cms.core.models import BasePage

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_menus_are_not_promised_where_they_are_not_made(model: Any) -> None:
    fields = model.get_edit_handler().get_form_class().base_fields
    assert "slug" in fields
    assert "show_in_menus" not in fields


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
@pytest.mark.parametrize("address", ["/admin/pages/{}/", "/admin/pages/{}/edit/"])
def test_children_are_not_put_in_an_order_that_shows_nowhere(
    demo: str, admin_client: Client, model: Any, address: str
) -> None:
    page = model.objects.first()
    shown = admin_client.get(address.format(page.pk), follow=True).content.decode()
    assert page.title in shown
    assert "Sort menu order" not in shown


@pytest.mark.parametrize("languages", [1, 2])
def test_languages_are_named_where_there_are_several(
    demo: str, admin_client: Client, languages: int
) -> None:
    for code in ["en", "es"][:languages]:
        Locale.objects.get_or_create(language_code=code)
    shown = admin_client.get("/admin/").content.decode()
    assert ("one_language" in shown) is (languages == 1)
