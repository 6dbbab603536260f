"""The copies before Django: as quick as they are, never another page than Django would give."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings, settings
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from eoc_cms.core.caching import front, generation
from home.models import HomePage, StandardPage
from tests.core.caching.poison import POISON, named
from tests.factories.fixtures import Make, Publish
from tests.serving import Answer, Server

STORY = "/our-story/"


class StoryServer(Server):
    """Asks for the story where nothing else is said."""

    def __call__(self, path: str = STORY, **environ: str) -> Answer:
        return self.send(path, b"", environ)


@pytest.fixture
def story(home: HomePage, publish: Publish) -> StandardPage:
    return publish(home, StandardPage, "Our story", introduction="<p>Begun in 2022</p>")


@pytest.fixture
def server(story: StandardPage, settings: LazySettings, tmp_path: Path) -> StoryServer:
    settings.GENERATION_FILE = tmp_path / "generation"
    return StoryServer()


def test_second_stranger_gets_the_same_without_django(server: StoryServer) -> None:
    first = server()
    assert server() == first
    assert (server.asked, first[0]) == (1, "200 OK")
    assert b"Begun in 2022" in first[2]


def test_same_goes_for_head_and_for_who_knows_the_page(server: StoryServer) -> None:
    status, headers, body = server(HTTP_ACCEPT_ENCODING="gzip, br")
    again = {"HTTP_ACCEPT_ENCODING": "gzip"}
    assert server(REQUEST_METHOD="HEAD", **again) == (status, headers, b"")
    known = server(HTTP_IF_NONE_MATCH=headers["ETag"], **again)
    assert known[0] == "304 Not Modified"
    assert set(known[1]) == {"Cache-Control", "ETag", "Vary"}
    assert server.asked == 1
    assert body.startswith(b"\x1f\x8b")


@pytest.mark.parametrize("poison", POISON, ids=named)
def test_whatever_one_sends_everybody_else_gets_what_they_asked_for(
    server: StoryServer, poison: dict[str, str]
) -> None:
    expected = {path: StoryServer()(path) for path in (STORY, "/")}
    cache.clear()
    poisoned = server(**{"path": STORY, **poison})
    again = server(**{"path": STORY, **poison})
    assert again[0] == poisoned[0]
    for path, answer in expected.items():
        assert server(path) == answer
        assert server(path) == answer


def test_session_and_authorization_are_always_answered_by_django(server: StoryServer) -> None:
    server()
    for given in (
        {"HTTP_COOKIE": f"a=1; {settings.SESSION_COOKIE_NAME}=x"},
        {"HTTP_AUTHORIZATION": "Basic YTpi"},
    ):
        assert "no-store" in server(**given)[1]["Cache-Control"]
    assert server.asked == 3


def test_locked_page_is_not_shared_with_who_has_access(make: Make, server: StoryServer) -> None:
    address = make("A guide").url
    server(address)
    visitor = Client()
    visitor.post(address, {"email": "ana@example.org"})
    cookie = visitor.cookies[settings.ACCESS_COOKIE].value
    opened = server(address, HTTP_COOKIE=f"{settings.ACCESS_COOKIE}={cookie}")
    assert b"/download/" in opened[2]
    assert "no-store" in opened[1]["Cache-Control"]
    locked = server(address)
    assert b"/download/" not in locked[2]
    assert server(address, HTTP_COOKIE="theme=dark") == locked
    assert server.asked == 2


CHANGES: list[Callable[[StandardPage], object]] = [
    lambda page: page.unpublish(),
    lambda page: page.delete(),
    lambda page: setattr(page, "introduction", "<p>Anew</p>") or page.save_revision().publish(),  # type: ignore[func-returns-value]
    lambda page: generation.start_new_generation(),
]


@pytest.mark.parametrize("change", CHANGES, ids=["unpublished", "deleted", "edited", "started"])
def test_change_is_seen_by_the_next_request(
    server: StoryServer,
    story: StandardPage,
    django_capture_on_commit_callbacks: Any,
    change: Callable[[StandardPage], object],
) -> None:
    before = server()
    with django_capture_on_commit_callbacks(execute=True):
        change(story)
    after = server()
    assert server.asked == 2
    assert (after == before) is (change is CHANGES[-1])


def test_page_is_answered_by_django_once_its_time_is_over(
    server: StoryServer, story: StandardPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    StandardPage.objects.filter(pk=story.pk).update(expire_at=timezone.now() + timedelta(minutes=2))
    server()
    monkeypatch.setattr("eoc_cms.core.caching.page_cache.time.time", later())
    server()
    assert server.asked == 2


def later() -> Callable[[], float]:
    moment = timezone.now().timestamp() + 121
    return lambda: moment


def test_no_more_is_held_than_there_is_room_for(
    server: StoryServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = len(server()[2])
    monkeypatch.setattr(front, "MOST_BYTES", one + one // 2)
    server("/")
    server()
    assert server.asked == 3
    assert server.application._bytes <= front.MOST_BYTES


# --- The generation ---------------------------------------------------------------------


@pytest.fixture(params=["file", "cache"])
def kind(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> str:
    settings.GENERATION_FILE = tmp_path / "generation" if request.param == "file" else None
    return str(request.param)


def test_generation_is_never_the_same_twice(kind: str) -> None:
    seen = [generation.current()]
    for _ in range(50):
        generation.start_new_generation()
        seen.append(generation.current())
    assert len(set(seen)) == 51
    assert "" not in seen


def test_forgotten_generation_brings_no_old_one_back(kind: str, tmp_path: Path) -> None:
    seen = {generation.current()}
    for _ in range(3):
        cache.clear()
        (tmp_path / "generation").unlink(missing_ok=True)
        seen |= {generation.current()}
    assert len(seen) == 4


def test_nothing_is_kept_where_no_generation_can_be_told(
    server: StoryServer, settings: LazySettings, tmp_path: Path
) -> None:
    (tmp_path / "a file").write_text("")
    settings.GENERATION_FILE = tmp_path / "a file" / "generation"
    assert generation.current() == ""
    answers = [server() for _ in range(2)]
    assert [answer[0] for answer in answers] == ["200 OK", "200 OK"]
    assert server.asked == 2
