"""A cache that is away costs time, never an answer."""

import pickle
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.cache import cache
from django.core.management import call_command
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks

from home.bootstrap import bootstrap
from home.models import StandardPage


@pytest.fixture(params=["ForgivingRedisCache", "ForgivingFileCache"])
def _away(request: pytest.FixtureRequest, settings: LazySettings, tmp_path: Path) -> None:
    """Have a Redis that nobody serves, or a folder that stopped being one."""
    folder = tmp_path / "cache"
    location = "redis://127.0.0.1:1/0" if "Redis" in request.param else str(folder)
    settings.CACHES = {
        "default": {"BACKEND": f"eoc_cms.core.caching.caches.{request.param}", "LOCATION": location}
    }
    cache.get("a")
    if folder.exists():
        folder.rmdir()
    folder.touch()


@pytest.mark.usefixtures("_away")
def test_site_answers_and_says_that_its_cache_is_away(db: None) -> None:
    bootstrap()
    call_command("run_worker", once=True)
    for path in ("/", "/search/?q=guide", "/healthz", "/admin/login/"):
        assert Client().get(path).status_code == 200
    ready = Client().get("/readyz")
    assert ready.status_code == 503
    assert ready.json()["cache"] == "failing"
    assert ready.json()["database"] == "ok"


@pytest.mark.usefixtures("_away")
def test_staff_can_publish(
    db: None, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    page = StandardPage(title="Our story", slug="our-story")
    bootstrap().add_child(instance=page)
    page.introduction = "<p>Begun in 2022</p>"
    with django_capture_on_commit_callbacks(execute=True):
        page.save_revision().publish()
    assert b"Begun in 2022" in Client().get("/our-story/").content


@pytest.mark.usefixtures("_away")
def test_every_operation_gives_what_an_empty_cache_would() -> None:
    results: dict[str, Any] = {
        "get": cache.get("a", "default"),
        "get_or_set": cache.get_or_set("a", "made"),
        "get_many": cache.get_many(["a", "b"]),
        "has_key": cache.has_key("a"),
        "delete": cache.delete("a"),
        "touch": cache.touch("a"),
    }
    cache.set("a", 1)
    cache.set_many({"a": 1})
    cache.delete_many(["a"])
    assert results == {
        "get": "default",
        "get_or_set": "made",
        "get_many": {},
        "has_key": False,
        "delete": False,
        "touch": False,
    }


FAR_AHEAD = 4_000_000_000.0  # seconds since 1970
DAMAGED = [b"", b"x", b"\x80\x04N.", b"\x80\x04K\x01.", pickle.dumps(FAR_AHEAD) + b"x"]
# What is written as it should be, and is nothing that the site keeps there.
NONSENSE: list[object] = ["page", 7, {"content": b"x"}, [], b"\x00"]


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    """Keep everything in a folder, as one machine does."""
    settings.CACHES = {
        "default": {
            "BACKEND": "eoc_cms.core.caching.caches.ForgivingFileCache",
            "LOCATION": str(tmp_path / "cache"),
        }
    }
    return tmp_path / "cache"


def put_in_the_place_of_all(folder: Path, content: bytes) -> None:
    files = list(folder.glob("*"))
    assert files
    for file in files:
        file.write_bytes(content)


@pytest.mark.parametrize("content", DAMAGED)
def test_damaged_file_is_as_good_as_none(db: None, folder: Path, content: bytes) -> None:
    bootstrap()
    for _ in range(2):
        for path in ("/", "/search/?q=guide", "/healthz", "/admin/login/", "/readyz"):
            assert Client().get(path).status_code in {200, 503}, path
        assert Client().get("/").status_code == 200
        put_in_the_place_of_all(folder, content)
    assert Client().get("/").status_code == 200


@pytest.mark.parametrize("value", NONSENSE)
def test_nonsense_in_the_place_of_a_page_is_as_good_as_nothing(
    db: None, monkeypatch: pytest.MonkeyPatch, value: object
) -> None:
    bootstrap()
    page = Client().get("/").content
    real = cache.get

    def found(key: str, *rest: Any, **more: Any) -> object:
        return value if key.startswith("page-") else real(key, *rest, **more)

    monkeypatch.setattr(cache, "get", found)
    answer = Client().get("/")
    assert (answer.status_code, answer.content) == (200, page)


def test_looking_whether_it_works_leaves_nothing_behind(db: None, folder: Path) -> None:
    for _ in range(3):
        assert Client().get("/readyz").json()["cache"] == "ok"
    assert list(folder.glob("*")) == []


@pytest.mark.usefixtures("_away")
def test_log_names_no_address(caplog: pytest.LogCaptureFixture) -> None:
    cache.set("a", 1)
    assert "The cache did not answer" in caplog.text
    assert "127.0.0.1" not in caplog.text


def test_cache_that_is_there_keeps_what_it_is_given(settings: LazySettings, tmp_path: Path) -> None:
    backend = "eoc_cms.core.caching.caches.ForgivingFileCache"
    settings.CACHES = {"default": {"BACKEND": backend, "LOCATION": str(tmp_path)}}
    assert cache.add("a", 1)
    assert not cache.add("a", 2)
    cache.set_many({"b": 2, "c": 3})
    assert cache.get_many(["a", "b", "c"]) == {"a": 1, "b": 2, "c": 3}
    assert cache.touch("a")
    assert cache.has_key("a")
    assert cache.delete("a")
    cache.delete_many(["b"])
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (None, None, 3)
    cache.clear()
    assert cache.get("c") is None
