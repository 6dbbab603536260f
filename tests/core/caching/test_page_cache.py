"""The page cache: quick for strangers, never personal, never behind an edit.

How it compresses is in `journeys/test_compression.py`, which addresses of the list of
resources it keeps in `resources/test_kept_copies.py`.
"""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.cache import cache
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries, DjangoCaptureOnCommitCallbacks
from wagtail.contrib.redirects.models import Redirect
from wagtail.contrib.settings.registry import registry
from wagtail.models import Collection, Locale, PageViewRestriction, Site
from wagtail.snippets.models import get_snippet_models

from eoc_cms.core.caching.generation import current
from eoc_cms.core.caching.page_cache import PageCacheMiddleware, allow_caching
from eoc_cms.core.caching.page_cache_signals import WATCHED
from eoc_cms.core.models import MenuItem, SiteSettings, SocialLink
from forms_app.models import FormField, FormPage
from home.bootstrap import bootstrap
from home.models import HomePage, StandardPage
from resources.models import Audience, Topic

STORY = "/our-story/"
FORM = "/our-story/ask/"
Committing = Callable[[], AbstractContextManager[Any]]


@pytest.fixture
def committing(django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Committing:
    """Do at the end of the block what the running site does after the commit."""
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def home(db: None) -> HomePage:
    return bootstrap()


@pytest.fixture
def story(home: HomePage) -> StandardPage:
    page = StandardPage(title="Our story", slug="our-story", introduction="<p>Begun in 2022</p>")
    home.add_child(instance=page)
    return page


@pytest.fixture
def form(story: StandardPage) -> FormPage:
    page = FormPage(title="Ask us", slug="ask")
    page.form_fields.add(FormField(label="Message", field_type="multiline", sort_order=0))
    story.add_child(instance=page)
    return page


def read(path: str = STORY, **headers: str) -> str:
    return Client().get(path, headers=headers).content.decode()


# --- The same for every stranger ----------------------------------------------


@pytest.mark.parametrize("path", [STORY, FORM])
def test_stranger_gets_the_same_page_without_a_query_or_a_cookie(
    form: FormPage, django_assert_num_queries: DjangoAssertNumQueries, path: str
) -> None:
    first = Client().get(path)
    with django_assert_num_queries(0):
        second = Client(headers={"User-Agent": "Another", "Cookie": "theme=dark"}).get(path)
    assert first.content == second.content
    for response in (first, second):
        assert response.status_code == 200
        assert not response.cookies
        assert b"csrfmiddlewaretoken" not in response.content
        assert set(response["Cache-Control"].split(", ")) == {"public", "no-cache"}
        assert "Cookie" in response["Vary"]
        assert response["X-Content-Type-Options"] == "nosniff"
        assert "Content-Security-Policy" in response


def test_head_is_answered_from_the_cache_and_never_fills_it(
    story: StandardPage, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    assert Client().head(STORY).content == b""
    whole = Client().get(STORY)
    assert b"Begun in 2022" in whole.content
    with django_assert_num_queries(0):
        assert Client().head(STORY)["ETag"] == whole["ETag"]


# --- Never personal -----------------------------------------------------------


@pytest.mark.parametrize(
    "headers",
    [{"Cookie": f"{settings.SESSION_COOKIE_NAME}=anything"}, {"Authorization": "Basic YTpi"}],
    ids=["session", "authorization"],
)
def test_who_carries_anything_of_ours_is_neither_stored_nor_answered_from_the_store(
    story: StandardPage, headers: dict[str, str]
) -> None:
    own = Client(headers=headers).get(STORY)
    assert own["Cache-Control"] == "private, no-store"
    StandardPage.objects.filter(pk=story.pk).update(introduction="<p>Begun in 2023</p>")
    assert "Begun in 2023" in read()  # Nothing was stored, so this came from the database.
    StandardPage.objects.filter(pk=story.pk).update(introduction="<p>Begun in 2024</p>")
    assert "Begun in 2023" in read()
    assert "Begun in 2024" in read(**headers)


def test_staffs_own_view_of_a_page_is_not_shown_to_strangers(story: StandardPage) -> None:
    staff = Client()
    staff.force_login(get_user_model().objects.create_superuser(username="ana", password="x"))
    assert "wagtail-userbar" in staff.get(STORY).content.decode()
    assert "wagtail-userbar" not in read()
    assert "wagtail-userbar" in staff.get(STORY).content.decode()


def test_rejected_answer_is_not_stored(form: FormPage) -> None:
    sent = Client().post(FORM, {"message": "x" * 10_001})
    assert sent.status_code == 200
    assert sent["Cache-Control"] == "private, no-store"
    assert "xxx" not in read(FORM)


def test_page_behind_a_login_is_not_stored(story: StandardPage) -> None:
    PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    for _ in range(2):
        response = Client().get(STORY)
        assert response.status_code == 302
        assert b"Begun in 2022" not in response.content


# --- What the middleware itself promises --------------------------------------


def answer_of(
    view: Callable[[HttpRequest], HttpResponse], path: str = "/", **headers: str
) -> HttpResponse:
    return PageCacheMiddleware(view)(RequestFactory(headers=headers).get(path))


def counting(
    change: Callable[[HttpResponse], object] = lambda response: None, **options: Any
) -> Callable[[HttpRequest], HttpResponse]:
    """Make a view that says how often it was asked, and changes its answer as told."""
    asked: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        asked.append(request)
        response = HttpResponse(f"{request.get_host()} {len(asked)}")
        change(response)
        allow_caching(response, **options)
        return response

    return view


def test_each_host_gets_its_own_copy() -> None:
    view = counting()
    answers = [answer_of(view, Host=host).content for host in ("localhost", "127.0.0.1") * 2]
    assert answers == [b"localhost 1", b"127.0.0.1 2"] * 2


@pytest.mark.parametrize(
    "change",
    [
        lambda response: response.set_cookie("seen", "1"),
        lambda response: setattr(response, "status_code", 404),
    ],
    ids=["sets a cookie", "is an error"],
)
def test_answer_that_is_not_for_everyone_is_not_stored(
    change: Callable[[HttpResponse], object],
) -> None:
    view = counting(change)
    assert [answer_of(view).content[-1:] for _ in range(2)] == [b"1", b"2"]


def test_page_that_has_just_changed_by_the_clock_is_not_stored() -> None:
    view = counting(until=timezone.now())
    assert [answer_of(view).content[-1:] for _ in range(2)] == [b"1", b"2"]


def test_page_is_kept_no_longer_than_until_it_changes(monkeypatch: pytest.MonkeyPatch) -> None:
    kept: list[float] = []
    monkeypatch.setattr(cache, "set", lambda key, value, seconds: kept.append(seconds))
    for until in (None, timedelta(seconds=60), timedelta(days=1)):
        answer_of(counting(until=until and timezone.now() + until))
    assert 299 < kept[2] <= kept[0] <= 300
    assert 58 <= kept[1] <= 60


def test_very_long_address_is_answered_and_not_stored() -> None:
    view = counting()
    address = f"/?q={'a' * 600}"
    assert [answer_of(view, address).content[-1:] for _ in range(2)] == [b"1", b"2"]


# --- Never behind an edit ------------------------------------------------------


def test_published_edit_shows_at_once(story: StandardPage, committing: Committing) -> None:
    assert "Begun in 2022" in read()
    story.introduction = "<p>Begun in February</p>"
    draft = story.save_revision()
    assert "Begun in 2022" in read()
    with committing():
        draft.publish()
    assert "Begun in February" in read()


def test_withdrawn_page_is_gone_at_once(story: StandardPage, committing: Committing) -> None:
    read()
    with committing():
        story.unpublish()
    assert Client().get(STORY).status_code == 404


def test_deleted_page_is_gone_at_once(story: StandardPage, committing: Committing) -> None:
    read()
    with committing():
        story.delete()
    assert Client().get(STORY).status_code == 404


def test_moved_page_leaves_its_old_address_at_once(
    form: FormPage, home: HomePage, committing: Committing
) -> None:
    read(FORM)
    with committing():
        form.move(home, pos="last-child")
    assert Client().get(FORM).status_code != 200
    assert "Ask us" in read("/ask/")


def test_new_question_of_a_form_shows_at_once(form: FormPage, committing: Committing) -> None:
    assert "Telephone" not in read(FORM)
    form.form_fields.add(FormField(label="Telephone", field_type="phone", sort_order=1))
    with committing():
        form.save_revision().publish()
    assert "Telephone" in read(FORM)


def test_new_login_rule_holds_at_once(story: StandardPage, committing: Committing) -> None:
    read()
    with committing():
        PageViewRestriction.objects.create(page=story, restriction_type=PageViewRestriction.LOGIN)
    assert Client().get(STORY).status_code == 302


def test_redirect_for_a_withdrawn_page_works_at_once(
    story: StandardPage, home: HomePage, committing: Committing
) -> None:
    read()
    with committing():
        story.unpublish()
        Redirect.objects.create(old_path="/our-story", redirect_page=home)
    response = Client().get(STORY)
    assert (response.status_code, response["Location"]) == (301, home.get_url())


def test_changed_settings_show_at_once(story: StandardPage, committing: Committing) -> None:
    of_site = SiteSettings.for_site(Site.objects.get())
    assert "Equity in every district" not in read()
    with committing():
        of_site.tagline = "Equity in every district"
        of_site.save()
    assert "Equity in every district" in read()


@pytest.mark.parametrize(
    "make",
    [
        lambda of_site: Topic(name="Community", slug="community"),
        lambda of_site: Audience(name="Board members", slug="board"),
        lambda of_site: Redirect(old_path="/old", redirect_link="/new"),
        lambda of_site: MenuItem(settings=of_site, label="Contact", url="https://example.org"),
        lambda of_site: SocialLink(settings=of_site, url="https://example.org"),
        lambda of_site: Collection(name="Board papers"),
        lambda of_site: Locale(language_code="es"),
        lambda of_site: StandardPage(title="Our story"),
    ],
    ids=["topic", "audience", "redirect", "menu", "social link", "collection", "locale", "page"],
)
def test_what_pages_show_starts_anew_when_saved_and_when_deleted(
    home: HomePage, committing: Committing, make: Callable[[SiteSettings], Any]
) -> None:
    made = make(SiteSettings.for_site(Site.objects.get()))
    seen = [current()]
    with committing():
        if isinstance(made, Collection):
            Collection.get_first_root_node().add_child(instance=made)
        elif isinstance(made, StandardPage):
            home.add_child(instance=made)
        else:
            made.save()
    seen.append(current())
    with committing():
        made.delete()
    seen.append(current())
    assert len(set(seen)) == 3


def test_what_code_writes_into_a_live_page_without_publishing_shows_at_once(
    story: StandardPage, committing: Committing
) -> None:
    read()
    story.introduction = "<p>Begun in March</p>"
    with committing():
        story.save()
    assert "Begun in March" in read()


def test_draft_leaves_what_is_kept(story: StandardPage, committing: Committing) -> None:
    before = current()
    story.introduction = "<p>Begun in March</p>"
    with committing():
        story.save_revision()
    assert current() == before


@pytest.mark.parametrize("model", [*get_snippet_models(), *registry])
def test_every_snippet_and_setting_is_watched(model: type[models.Model]) -> None:
    assert model._meta.label in WATCHED
