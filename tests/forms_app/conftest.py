"""A site with a form of any shape, and a clock that can be moved."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from forms_app.models import FormField, FormPage
from home.bootstrap import bootstrap
from home.models import HomePage
from tests.resources.making import publish

MakeForm = Callable[..., FormPage]
EMAIL = {"clean_name": "email", "label": "E-mail", "field_type": "email", "required": True}


@pytest.fixture
def home(db: None) -> HomePage:
    return bootstrap()


@pytest.fixture
def make_form(home: HomePage) -> MakeForm:
    """Publish a form that asks for an address, and for whatever else a test names."""

    def make(*fields: dict[str, Any], title: str = "A form", **values: Any) -> FormPage:
        home.refresh_from_db()
        page = FormPage(title=title, **values)
        page.form_fields = [  # type: ignore[misc]
            FormField(sort_order=number, **asked) for number, asked in enumerate((EMAIL, *fields))
        ]
        return publish(home.add_child(instance=page))

    return make


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[timedelta], None]:
    """Move the clock forward from where it stands."""
    real_now = timezone.now
    moved = timedelta(0)

    def forward(by: timedelta) -> None:
        nonlocal moved
        moved += by
        monkeypatch.setattr(timezone, "now", lambda: real_now() + moved)

    return forward
