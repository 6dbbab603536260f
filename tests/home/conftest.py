"""A site with a home page and a list of resources, to which tests add what they need."""

from collections.abc import Callable
from typing import Any

import pytest
from wagtail.models import Page

from home.bootstrap import bootstrap
from home.models import HomePage
from resources.models import ResourceIndexPage

Publish = Callable[..., Any]


@pytest.fixture
def home(db: None) -> HomePage:
    return bootstrap()


@pytest.fixture
def publish() -> Publish:
    """Give a function that adds a page under another and publishes it."""

    def publish(parent: Page, model: type[Page], title: str, **fields: Any) -> Any:
        parent.refresh_from_db()
        page = parent.add_child(instance=model(title=title, **fields))
        page.save_revision().publish()
        return model.objects.get(pk=page.pk)

    return publish


@pytest.fixture
def resource_list(home: HomePage, publish: Publish) -> ResourceIndexPage:
    return publish(home, ResourceIndexPage, "Resources")
