"""A site with its groups, an empty list of resources, and staff of every kind."""

from collections.abc import Callable

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.utils.html import strip_tags

from eoc_cms.core.background import jobs
from eoc_cms.core.models import User
from forms_app.models import FormPage
from home.bootstrap import bootstrap
from home.models import HomePage
from resources.models import ResourceIndexPage
from tests.resources import making

SUPERUSER = "Superuser"
SignIn = Callable[[str], Client]


def rows_of(content: str) -> str:
    """Return the rows of the list on a page of the admin, as text."""
    table = content.split("<tbody>")[1].split("</tbody>")[0] if "<tbody>" in content else ""
    return strip_tags(table)


@pytest.fixture
def home(db: None) -> HomePage:
    """Give the bootstrapped site's home page; the background worker has just been seen."""
    jobs.beat()
    return bootstrap()


@pytest.fixture
def index(home: HomePage) -> ResourceIndexPage:
    page = ResourceIndexPage(title="Resources", slug="resources")
    published: ResourceIndexPage = making.publish(home.add_child(instance=page))
    return published


@pytest.fixture
def form(home: HomePage) -> FormPage:
    home.refresh_from_db()
    return making.form_page(home)


@pytest.fixture
def sign_in(home: HomePage) -> SignIn:
    """Sign in a member of a group, or a superuser; the account is named like the group."""

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
