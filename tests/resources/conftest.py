"""A site with an empty list of resources."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.bootstrap import bootstrap
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage
from tests.resources.cohort import Make
from tests.resources.making import form_page, make_resource, publish


@pytest.fixture
def home(db: None) -> HomePage:
    return bootstrap()


@pytest.fixture
def index(home: HomePage) -> ResourceIndexPage:
    page: Any = ResourceIndexPage(title="Resources", slug="resources")
    published: ResourceIndexPage = publish(home.add_child(instance=page))
    return published


@pytest.fixture
def rename(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[Any, str], None]:
    """Give a page another address; Wagtail makes its redirects after the commit."""

    def to(page: Any, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            publish(page)

    return to


@pytest.fixture
def make(home: HomePage, index: ResourceIndexPage) -> Make:
    """Make resources behind one form."""
    home.refresh_from_db()
    form = form_page(home)

    def gated(title: str, **fields: Any) -> ResourcePage:
        return make_resource(index, title, **{"gate_mode": "form", "gate_form": form, **fields})

    return gated


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
