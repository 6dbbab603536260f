"""What one request has read before a change, no later request is answered with."""

import contextvars
import time
from collections.abc import Callable

import pytest
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.db import transaction
from django.test import Client
from wagtail.models import Page

from eoc_cms.core.caching.generation import start_new_generation
from eoc_cms.core.caching.remembered import MAX_SECONDS, Remembered, one_memory
from forms_app.intake.shown import shown_now
from forms_app.models import FormPage, FormVersion, Submission
from resources.models import ResourcePage
from resources.views import resource as view_of_resource
from tests.committing import as_committed
from tests.factories.fixtures import Make

Change = Callable[[], object]
FIRST, NEXT = "Its first title", "Its next title"


def elsewhere(change: Change) -> None:
    """Change something as another request does, and tell of it."""

    def commit() -> None:
        change()
        start_new_generation()

    contextvars.copy_context().run(commit)


def during(monkeypatch: pytest.MonkeyPatch, module: object, name: str, change: Change) -> None:
    """Let a change happen elsewhere while a request asks a function of a module."""
    asked = getattr(module, name)

    def ask(*given: object, **named: object) -> object:
        monkeypatch.setattr(module, name, asked)
        elsewhere(change)
        return asked(*given, **named)

    monkeypatch.setattr(module, name, ask)


@pytest.fixture
def guide(make: Make) -> ResourcePage:
    guide = make(FIRST)
    as_committed()
    return guide


@pytest.fixture
def holder(guide: ResourcePage) -> Client:
    visitor = Client()
    assert visitor.post(guide.url, {"email": "ana@example.org"}).status_code == 303
    as_committed()
    return visitor


def is_new(visitor: Client, guide: ResourcePage) -> bool:
    content = visitor.get(guide.url).content.decode()
    return NEXT in content and FIRST not in content


def entitle(words: str) -> int:
    return Page.objects.filter(slug="its-first-title").update(title=words)


def test_page_read_before_a_change_is_not_remembered_after_it(
    holder: Client, guide: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    during(monkeypatch, view_of_resource, "access_of", lambda: entitle(NEXT))
    holder.get(guide.url)
    assert is_new(holder, guide)


def test_form_read_before_a_change_is_not_asked_after_it(
    guide: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    Client().get(guide.url)
    during(
        monkeypatch,
        view_of_resource,
        "take_answer",
        lambda: FormPage.objects.update(submit_label="Send it now"),
    )
    Client().post(guide.url, {"email": "nobody"})
    assert b"Send it now" in Client().post(guide.url, {"email": "nobody"}).content


def test_nothing_is_remembered_of_what_a_request_has_changed_itself() -> None:
    memory = Remembered[str]()
    with one_memory():
        memory.get("a", lambda: "read before")
        start_new_generation()
        memory.get("a", lambda: "made of what was read before")
    assert memory.get("a", lambda: "new") == "new"


# --- Where nobody tells -------------------------------------------------------------------


@pytest.fixture
def wait(monkeypatch: pytest.MonkeyPatch) -> Callable[[float], None]:
    """Move the clocks by which things are forgotten."""
    clocks = {name: getattr(time, name) for name in ("time", "monotonic")}

    def forward(seconds: float) -> None:
        for name, clock in clocks.items():
            monkeypatch.setattr(time, name, lambda clock=clock: clock() + seconds)

    return forward


@pytest.mark.parametrize("has_access", [True, False], ids=["holder", "stranger"])
def test_nothing_is_older_than_promised_however_much_is_remembered_of_one_another(
    holder: Client, guide: ResourcePage, wait: Callable[[float], None], has_access: bool
) -> None:
    """As on a second machine: what is kept last was made of what was read first."""
    visitor, other = (holder, Client()) if has_access else (Client(), holder)
    other.get(guide.url)
    entitle(NEXT)
    wait(MAX_SECONDS - 2)
    visitor.get(guide.url)
    wait(MAX_SECONDS + 1)
    assert is_new(visitor, guide)


def test_publish_that_could_not_be_told_is_seen_when_the_time_is_over(
    holder: Client, guide: ResourcePage, wait: Callable[[float], None], settings: LazySettings
) -> None:
    holder.get(guide.url)
    told, settings.GENERATION_FILE = settings.GENERATION_FILE, settings.DATA_DIR / "no" / "file"
    elsewhere(lambda: entitle(NEXT))
    assert is_new(holder, guide)
    settings.GENERATION_FILE = told
    wait(MAX_SECONDS + 1)
    assert is_new(holder, guide)


def test_cache_that_was_away_brings_nothing_back_for_longer_than_promised(
    holder: Client,
    guide: ResourcePage,
    wait: Callable[[float], None],
    settings: LazySettings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    settings.GENERATION_FILE = None
    holder.get(guide.url)
    with monkeypatch.context() as away:
        away.setattr(cache, "get", lambda key, default=None, version=None: default)
        away.setattr(cache, "set", lambda *given, **named: None)
        away.setattr(cache, "add", lambda *given, **named: False)
        elsewhere(lambda: entitle(NEXT))
        assert is_new(holder, guide)
        assert is_new(Client(), guide)
    wait(MAX_SECONDS + 1)
    assert is_new(holder, guide)


# --- What is taken back -------------------------------------------------------------------


def test_version_that_was_taken_back_is_not_remembered(guide: ResourcePage, form: FormPage) -> None:
    FormVersion.objects.all().delete()
    shown = shown_now(form)
    with transaction.atomic():
        for _ in range(2):
            FormVersion.objects.kept(shown)
        transaction.set_rollback(True)
    sent = Client().post(guide.url, {"email": "ana@example.org"})
    assert (sent.status_code, Submission.objects.count()) == (303, 1)
    assert settings.ACCESS_COOKIE in sent.cookies
