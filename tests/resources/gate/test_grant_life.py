"""A grant lives on by being used, ends by the clock, and leaves a plain way back."""

from collections.abc import Callable
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms_app.models import FormPage
from home.models import HomePage
from resources.models import Grant, ResourceFile, ResourceIndexPage, ResourcePage
from resources.querysets import GrantQuerySet
from tests.factories.pages import form_page, make_resource

ENDED = "Your access has ended"
DAYS = 180


@pytest.fixture
def form(home: HomePage) -> FormPage:
    return form_page(home)


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    return make_resource(index, "Guide", gate_mode="form", gate_form=form)


@pytest.fixture
def visitor(guide: ResourcePage) -> Client:
    """Give a browser that has just filled in the form."""
    client = Client()
    assert client.post(guide.url, {"email": "ana@example.org"}).status_code == 303
    return client


def end_of_grant() -> datetime:
    return Grant.objects.get().expires_at


def is_about(moment: datetime, other: datetime) -> bool:
    return abs(moment - other) < timedelta(minutes=1)


def file_of(guide: ResourcePage) -> str:
    return f"/download/{ResourceFile.objects.get(resource=guide).key}/"


@pytest.mark.parametrize("use", ["page", "file"])
def test_use_lets_a_grant_live_on(
    visitor: Client, guide: ResourcePage, wait: Callable[[timedelta], None], use: str
) -> None:
    address = guide.url if use == "page" else file_of(guide)
    wait(timedelta(days=DAYS - 1))
    assert visitor.get(address).status_code == 200
    assert is_about(end_of_grant(), timezone.now() + timedelta(days=DAYS))
    wait(timedelta(days=DAYS - 1))
    assert b"/download/" in visitor.get(guide.url).content


@pytest.mark.parametrize("use", ["page", "file"])
def test_cookie_lives_on_with_its_grant(
    visitor: Client, guide: ResourcePage, wait: Callable[[timedelta], None], use: str
) -> None:
    wait(timedelta(days=2))
    response = visitor.get(guide.url if use == "page" else file_of(guide))
    expires = parsedate_to_datetime(str(response.cookies["eoc_access"]["expires"]))
    assert expires > end_of_grant()
    assert response["Cache-Control"] == "private, no-store"


def test_grant_is_written_at_most_once_a_day(
    visitor: Client, guide: ResourcePage, wait: Callable[[timedelta], None]
) -> None:
    def writes() -> int:
        with CaptureQueriesContext(connection) as captured:
            visitor.get(guide.url)
        return sum(query["sql"].startswith("UPDATE") for query in captured)

    visitor.get(guide.url)
    assert writes() == 0
    wait(timedelta(hours=25))
    assert [writes(), writes()] == [1, 0]
    wait(timedelta(hours=23))
    assert writes() == 0


def test_grant_of_one_day_lives_on_too(
    visitor: Client, guide: ResourcePage, form: FormPage, wait: Callable[[timedelta], None]
) -> None:
    FormPage.objects.filter(pk=form.pk).update(grant_days=1)
    Grant.objects.update(expires_at=timezone.now() + timedelta(days=1))
    for _day in range(3):
        wait(timedelta(hours=20))
        assert b"/download/" in visitor.get(guide.url).content


def test_shorter_life_of_the_form_takes_nothing_from_a_grant(
    visitor: Client, guide: ResourcePage, form: FormPage, wait: Callable[[timedelta], None]
) -> None:
    before = end_of_grant()
    FormPage.objects.filter(pk=form.pk).update(grant_days=7)
    wait(timedelta(days=30))
    visitor.get(guide.url)
    assert end_of_grant() == before


@pytest.mark.parametrize("headers", [{}, {"user-agent": "curl"}])
def test_head_is_no_use(
    visitor: Client,
    guide: ResourcePage,
    wait: Callable[[timedelta], None],
    headers: dict[str, str],
) -> None:
    before = end_of_grant()
    wait(timedelta(days=30))
    visitor.head(guide.url, headers=headers)
    visitor.head(file_of(guide), headers=headers)
    assert end_of_grant() == before


def test_grant_that_nobody_uses_ends(
    visitor: Client, guide: ResourcePage, wait: Callable[[timedelta], None]
) -> None:
    wait(timedelta(days=DAYS, minutes=1))
    content = visitor.get(guide.url).content.decode()
    assert "/download/" not in content
    assert ENDED in content
    assert visitor.get(file_of(guide)).status_code == 303


def test_page_opens_also_when_the_grant_cannot_be_written(
    visitor: Client,
    guide: ResourcePage,
    wait: Callable[[timedelta], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def fail(*args: object, **values: object) -> int:
        raise DatabaseError("attempt to write a readonly database")

    wait(timedelta(days=2))
    monkeypatch.setattr(GrantQuerySet, "update", fail)
    assert b"/download/" in visitor.get(guide.url).content


def test_revoked_visitor_is_told_and_can_ask_again(visitor: Client, guide: ResourcePage) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    response = visitor.get(guide.url)
    assert ENDED in response.content.decode()
    assert "ana@example.org" not in response.content.decode()
    assert response["Cache-Control"] == "private, no-store"
    sent = visitor.post(guide.url, {"email": "ana@example.org"})
    assert sent.status_code == 303
    assert b"/download/" in visitor.get(guide.url).content


def test_stranger_is_told_of_no_end(visitor: Client, guide: ResourcePage) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    visitor.get(guide.url)
    assert ENDED not in Client().get(guide.url).content.decode()


@pytest.mark.parametrize("cookie", ["forged", "", "a:b:c"])
def test_unusable_cookie_is_a_stranger(visitor: Client, guide: ResourcePage, cookie: str) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    client = Client()
    client.cookies["eoc_access"] = cookie
    assert ENDED not in client.get(guide.url).content.decode()


def test_end_of_another_form_s_grant_is_not_told(
    visitor: Client, index: ResourceIndexPage, home: HomePage
) -> None:
    Grant.objects.update(revoked_at=timezone.now())
    home.refresh_from_db()
    other = FormPage(title="Other form", slug="other-form")
    home.add_child(instance=other)
    page = make_resource(index, "Other guide", gate_mode="form", gate_form=other)
    assert ENDED not in visitor.get(page.url).content.decode()


def test_cookie_keeps_until_the_last_of_its_grants(
    visitor: Client, guide: ResourcePage, form: FormPage
) -> None:
    first_end = end_of_grant()
    FormPage.objects.filter(pk=form.pk).update(grant_days=3)
    sent = visitor.post(guide.url, {"email": "zoe@example.org"})
    expires = parsedate_to_datetime(str(sent.cookies["eoc_access"]["expires"]))
    assert expires > first_end
