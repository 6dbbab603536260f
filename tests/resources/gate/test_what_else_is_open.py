"""What an opened page says is open besides: a few, whatever there is, and a way to the rest."""

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from html import unescape
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from wagtail.models import PageViewRestriction

from forms_app.models import FormPage
from home.models import HomePage
from resources.gate.also_open import MOST_SHOWN
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories.codes import enter, make_code
from tests.factories.pages import form_page, make_resource, publish

REST = "See everything behind the form"


@pytest.fixture
def gate(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def lock(index: ResourceIndexPage, gate: FormPage) -> Callable[..., ResourcePage]:
    """Make resources behind the one form, each newer than the one before."""
    numbers = iter(range(1, 10_000))

    def make(title: str, **fields: Any) -> ResourcePage:
        at = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(hours=next(numbers))
        return make_resource(
            index, title, **{"gate_mode": "form", "gate_form": gate, **fields}, at=at
        )

    return make


def opened(guide: ResourcePage) -> Client:
    visitor = Client()
    assert visitor.post(guide.url, {"email": "ana@example.org"}).status_code == 303
    return visitor


def also_open(visitor: Client, guide: ResourcePage) -> list[str]:
    content = visitor.get(guide.url).content.decode()
    _before, _heading, after = content.partition("Also open to you")
    part = after.partition("</ul>")[0]
    return [unescape(title) for title in re.findall(r'<li><a href="[^"]+">([^<]+)<', part)]


def test_few_are_all_named_and_lead_nowhere_else(lock: Callable[..., ResourcePage]) -> None:
    guide, _first, _second = lock("Guide"), lock("First"), lock("Second")
    visitor = opened(guide)
    assert also_open(visitor, guide) == ["Second", "First"]
    assert REST not in visitor.get(guide.url).content.decode()


def test_of_many_the_newest_are_named_and_the_rest_is_one_link_away(
    lock: Callable[..., ResourcePage],
) -> None:
    guide = lock("Guide")
    for number in range(MOST_SHOWN + 2):
        lock(f"Other {number}")
    visitor = opened(guide)
    assert also_open(visitor, guide) == [f"Other {6 - number}" for number in range(MOST_SHOWN)]
    content = visitor.get(guide.url).content.decode()
    rest = re.search(rf'href="([^"]+)">{REST}', content)
    assert rest
    assert rest[1] == "/resources/?access=form"
    assert b"Other 0" in visitor.get(rest[1]).content


def test_only_what_shows_and_is_opened_is_named(
    lock: Callable[..., ResourcePage], home: HomePage
) -> None:
    home.refresh_from_db()
    another = FormPage(title="Another form", slug="another-form")
    other_form = publish(home.add_child(instance=another))
    guide = lock("Guide")
    lock("Named")
    lock("Behind another form", gate_form=other_form)
    lock("Open to all", gate_mode="open", gate_form=None)
    lock("Unpublished").unpublish()
    lock("Expired", expire_at=timezone.now() - timedelta(hours=1))
    private = lock("Private")
    PageViewRestriction.objects.create(page=private, restriction_type="login")
    assert also_open(opened(guide), guide) == ["Named"]


def test_grant_of_one_resource_names_no_other(lock: Callable[..., ResourcePage]) -> None:
    guide, _other = lock("Guide"), lock("Other")
    visitor = opened(guide)
    Grant.objects.update(resource_id_granted=guide.pk)
    assert also_open(visitor, guide) == []


def test_code_names_what_it_opens(lock: Callable[..., ResourcePage]) -> None:
    guide, other, _third = lock("Guide"), lock("Other"), lock("Third")
    visitor = Client()
    enter(visitor, make_code(guide, other).code)
    assert also_open(visitor, guide) == ["Other"]


def test_mirror_of_the_form_is_the_same_gate(
    lock: Callable[..., ResourcePage], gate: FormPage
) -> None:
    guide = lock("Guide")
    mirror = gate.create_alias(update_slug="mirror")
    lock("Behind the mirror", gate_form=mirror)
    assert also_open(opened(guide), guide) == ["Behind the mirror"]


def test_page_costs_the_same_whatever_else_is_open(lock: Callable[..., ResourcePage]) -> None:
    guide = lock("Guide")
    visitor = opened(guide)

    def cost() -> tuple[int, int]:
        visitor.get(guide.url)
        with CaptureQueriesContext(connection) as captured:
            size = len(visitor.get(guide.url).content)
        return len(captured), size

    for number in range(10):
        lock(f"Other {10 + number}")
    few = cost()
    for number in range(50):
        lock(f"Other {20 + number}")
    assert cost() == few
