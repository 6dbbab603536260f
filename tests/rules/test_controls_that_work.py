"""Forms of pages offer no control that does nothing."""

from typing import Any

import pytest
from wagtail.models import get_page_models

from eoc_cms.core.models import BasePage

TYPES = [model for model in get_page_models() if issubclass(model, BasePage)]


@pytest.mark.parametrize("model", TYPES, ids=lambda model: model.__name__)
def test_menus_are_not_promised_where_they_are_not_made(model: Any) -> None:
    fields = model.get_edit_handler().get_form_class().base_fields
    assert "slug" in fields
    assert "show_in_menus" not in fields
