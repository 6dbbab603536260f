"""The fixtures that every part of the suite shares: a site, its pages and its people."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.contrib.auth.models import Group
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks
from wagtail.models import Page

from eoc_cms.core.background import jobs
from eoc_cms.core.models import User
from forms_app.models import FormField, FormPage
from home.models import HomePage
from resources.models import ResourceIndexPage, ResourcePage
from tests.committing import as_committed
from tests.factories import pages
from tests.loaded_demo import forget_demo, load_demo

PASSWORD = "only-for-tests"
SUPERUSER = "Superuser"
EMAIL = {"clean_name": "email", "label": "E-mail", "field_type": "email", "required": True}

Make = Callable[..., ResourcePage]
MakeForm = Callable[..., FormPage]
Publish = Callable[..., Any]
SignIn = Callable[[str], Client]
Wait = Callable[[timedelta], None]


@pytest.fixture
def home(db: None) -> HomePage:
    """Give the home page of the bootstrapped site, which every test database holds."""
    return HomePage.objects.get()


@pytest.fixture
def index(home: HomePage) -> ResourceIndexPage:
    """Give an empty list of resources."""
    page = ResourceIndexPage(title="Resources", slug="resources")
    published: ResourceIndexPage = pages.publish(home.add_child(instance=page))
    return published


@pytest.fixture
def form(home: HomePage) -> FormPage:
    """Give a form that asks for an address and nothing else."""
    home.refresh_from_db()
    return pages.form_page(home)


@pytest.fixture
def make_form(home: HomePage) -> MakeForm:
    """Publish a form that asks for an address, and for whatever else a test names."""

    def make(*fields: dict[str, Any], title: str = "A form", **values: Any) -> FormPage:
        home.refresh_from_db()
        page = FormPage(title=title, **values)
        page.form_fields = [  # type: ignore[misc]
            FormField(sort_order=number, **asked) for number, asked in enumerate((EMAIL, *fields))
        ]
        return pages.publish(home.add_child(instance=page))

    return make


@pytest.fixture
def make(home: HomePage, index: ResourceIndexPage, form: FormPage) -> Make:
    """Make resources behind one form."""

    def gated(title: str, **fields: Any) -> ResourcePage:
        return pages.make_resource(
            index, title, **{"gate_mode": "form", "gate_form": form, **fields}
        )

    return gated


@pytest.fixture
def publish() -> Publish:
    """Give a function that adds a page under another and publishes it."""

    def add(parent: Page, model: type[Page], title: str, **fields: Any) -> Any:
        parent.refresh_from_db()
        return pages.publish(parent.add_child(instance=model(title=title, **fields)))

    return add


@pytest.fixture
def rename(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks,
) -> Callable[[Any, str], None]:
    """Give a page another address; Wagtail makes its redirects after the commit."""

    def to(page: Any, slug: str) -> None:
        with django_capture_on_commit_callbacks(execute=True):
            page.slug = slug
            pages.publish(page)

    return to


@pytest.fixture
def sign_in(home: HomePage) -> SignIn:
    """Sign in a member of a group, or a superuser; the account is named like the group.

    The background worker has just been seen, so that nothing needs attention.
    """
    jobs.beat()

    def as_member_of(group: str) -> Client:
        name = group.lower().replace(" ", "-")
        user, is_new = User.objects.get_or_create(
            username=name,
            defaults={"email": f"{name}@example.org", "is_superuser": group == SUPERUSER},
        )
        if is_new and group != SUPERUSER:
            user.groups.add(Group.objects.get(name=group))
        client = Client()
        client.force_login(user)
        return client

    return as_member_of


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Wait:
    """Move the clock forward from where it stands."""
    real_now = timezone.now
    moved = timedelta(0)

    def forward(by: timedelta) -> None:
        nonlocal moved
        moved += by
        monkeypatch.setattr(timezone, "now", lambda: real_now() + moved)

    return forward


@pytest.fixture
def demo(db: None, settings: LazySettings) -> Iterator[str]:
    """Load the demo; return the password of its accounts."""
    settings.DEMO_PASSWORD = PASSWORD
    load_demo()
    as_committed()
    yield PASSWORD
    forget_demo()
