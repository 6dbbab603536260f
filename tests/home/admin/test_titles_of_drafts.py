"""The title of a draft is read by those who have a right to its page, and by nobody else."""

from collections.abc import Iterator
from contextlib import suppress
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse
from django.utils import timezone
from wagtail.models import Page

from home.groups import DATA_MANAGERS, EDITORS
from home.models import HomePage, StandardPage
from resources.models import ResourceIndexPage
from tests.factories import editor, pages
from tests.factories.fixtures import SignIn

pytestmark = pytest.mark.indexed

SECRET = "Closing the Dayton office"


@pytest.fixture
def draft(home: HomePage, sign_in: SignIn) -> Page:
    """Give a draft that has everything which lists and reports look for."""
    page = home.add_child(instance=StandardPage(title=SECRET, slug="dayton", live=False))
    page.save_revision(log_action=True)
    writer = sign_in(EDITORS)
    editor.press(writer, page, editor.opened(writer, page), "action-submit")
    Page.objects.filter(pk=page.pk).update(locked=True, expire_at=timezone.now())
    return page


@pytest.fixture
def guide(index: ResourceIndexPage) -> Page:
    """Give a draft that waits behind a form, for which codes can be made."""
    page: Page = pages.make_resource(index, SECRET, gate_mode="form", live=False)
    return page


@pytest.fixture
def live(home: HomePage) -> Page:
    """Give a published page whose next title is not public yet."""
    page = home.add_child(instance=StandardPage(title="Our offices", slug="offices"))
    page.title = SECRET
    page.save_revision(log_action=True)
    return page


def admin_patterns(patterns: Any, names: tuple[str, ...] = ()) -> Iterator[tuple[str, URLPattern]]:
    for each in patterns:
        if isinstance(each, URLResolver):
            inner = (*names, each.namespace) if each.namespace else names
            yield from admin_patterns(each.url_patterns, inner)
        elif each.name:
            yield ":".join((*names, each.name)), each


WORDS = {
    "app_label": ["wagtailcore", "home"],
    "model_name": ["page", "standardpage"],
    "action": ["delete", "move", "publish", "unpublish"],
    "content_type_app_name": ["home"],
    "content_type_model_name": ["standardpage"],
}


def addresses(page: Page) -> Iterator[str]:
    """Yield every address of the admin, with the page's key wherever it takes a number."""
    admin: Any = next(each for each in get_resolver().url_patterns if str(each.pattern) == "admin/")
    for name, pattern in admin_patterns(admin.url_patterns):
        takes = list(pattern.pattern.converters) or list(pattern.pattern.regex.groupindex)
        for values in product(*[WORDS.get(each, [page.pk]) for each in takes]):
            with suppress(NoReverseMatch):
                yield reverse(name, kwargs=dict(zip(takes, values, strict=True)))


QUERIES = (
    "",
    "?q=Dayton",
    "?id={pk}",
    "?id=all&childOf={parent}",
    "?id=all",
    "?page_type=home.standardpage",
)


def telling(client: Client, page: Page) -> list[str]:
    """Return the addresses at which somebody reads the title of a page."""
    client.raise_request_exception = False
    parent = page.get_parent().pk
    asked = [
        address + query.format(pk=page.pk, parent=parent)
        for address, query in product(addresses(page), QUERIES)
        # The first raises an error on purpose, and signing out would end the walk.
        if "failwhale" not in address and "logout" not in address
    ]
    found = [address for address in asked if SECRET in text_of(client.get(address))]
    assert client.get("/admin/").status_code == 200
    return found


def text_of(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    text: str = content.decode(errors="replace")
    return text


@pytest.mark.parametrize("name", ["draft", "guide", "live"])
def test_no_address_of_the_admin_tells_it(
    request: pytest.FixtureRequest, sign_in: SignIn, name: str
) -> None:
    assert telling(sign_in(DATA_MANAGERS), request.getfixturevalue(name)) == []


def test_who_may_edit_the_page_finds_it_where_they_look(draft: Page, sign_in: SignIn) -> None:
    found = telling(sign_in(EDITORS), draft)
    for address in ("/admin/choose-page/search/?q=Dayton", f"/admin/choose-page/{draft.pk}/"):
        assert address in found
