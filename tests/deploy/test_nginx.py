"""deploy/nginx.conf keeps what the site marks for it, and nothing of anybody's own."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import resolve

from eoc_cms.settings.env import read_environment
from tests.processes import PROJECT_DIR

TEXT = (PROJECT_DIR / "deploy" / "nginx.conf").read_text(encoding="utf-8")
GUIDE = "/resources/empowering-equity-officers/"
OF_SHARED_CACHES = ("X-Accel-Expires", "CDN-Cache-Control")


def block(head: str) -> str:
    """Return what stands between the braces after these words."""
    return TEXT.partition(f"{head} {{")[2].partition("}")[0]


def orders(head: str, name: str) -> list[list[str]]:
    lines = re.findall(rf"^\s*{name}\s+(.*?);", block(head), flags=re.MULTILINE)
    return [line.split() for line in lines]


# --- The configuration -------------------------------------------------------------


def test_whoever_has_a_cookie_of_ours_or_signs_in_is_neither_kept_nor_answered_from_a_copy() -> (
    None
):
    pattern = re.search(r"~(\S+)\s+own;", block("map $http_cookie $eoc_own"))
    assert pattern
    for name in (settings.SESSION_COOKIE_NAME, settings.ACCESS_COOKIE):
        assert re.search(pattern[1], f"theme=dark; {name}=anything")
    assert not re.search(pattern[1], "theme=dark; csrftoken=anything")
    for name in ("proxy_cache_bypass", "proxy_no_cache"):
        assert orders("location /", name) == [["$eoc_own", "$http_authorization"]]


def test_copy_is_found_by_all_that_its_content_depends_on_and_by_the_second() -> None:
    assert '"$time_iso8601 $eoc_form $scheme://$host$request_uri"' in block("location /")
    # What is part of the key is what the site is told.
    for told in ("Host $host", "X-Forwarded-Proto $scheme", "Accept-Encoding $eoc_form"):
        assert f"proxy_set_header {told};" in TEXT


def test_no_copy_is_given_once_its_second_is_over() -> None:
    assert "proxy_cache_use_stale" not in TEXT
    assert "proxy_cache_valid" not in TEXT
    assert "proxy_cache_background_update" not in TEXT


def test_only_what_the_site_marks_is_kept() -> None:
    ignored = orders("location /", "proxy_ignore_headers")[0]
    assert set(ignored) == {"Cache-Control", "Expires", "Vary"}
    assert TEXT.count("proxy_cache eoc;") == 1


def test_connections_to_the_site_are_kept() -> None:
    assert "keepalive" in block("upstream eoc")
    assert "proxy_http_version 1.1;" in TEXT
    assert 'proxy_set_header Connection "";' in TEXT


def test_locked_files_are_only_for_the_site_to_hand_out() -> None:
    assert "internal;" in block("location /private/")
    assert TEXT.count("/srv/eoc/var/private/") == 1


def test_staff_can_upload_as_much_as_the_site_takes() -> None:
    most = re.search(r"client_max_body_size (\d+)m;", TEXT)
    assert most
    assert int(most[1]) >= read_environment().max_document_mb


def test_addresses_that_are_never_kept_are_ours() -> None:
    found = re.search(r"location ~ \^/\((.+)\)/ ", TEXT)
    assert found
    for name in found[1].split("|"):
        some = "/00000000-0000-4000-8000-000000000000/" if name == "download" else "/"
        assert "serve" not in resolve(f"/{name}{some}").route, name


# --- What the site marks -------------------------------------------------------------


def test_page_that_is_the_same_for_all_strangers_may_be_kept_for_a_second(demo: str) -> None:
    for _time in range(2):
        for address in ("/", GUIDE):
            response = Client().get(address)
            assert response["X-Accel-Expires"] == "1"
            assert response["CDN-Cache-Control"] == "max-age=1"


@pytest.mark.parametrize(
    "headers",
    [
        {"Cookie": f"{settings.SESSION_COOKIE_NAME}=anything"},
        {"Authorization": "Basic YTpi"},
        {"Cookie": f"{settings.ACCESS_COOKIE}=anything"},
    ],
    ids=["session", "authorization", "access"],
)
def test_page_that_may_be_somebody_s_own_is_not_marked(demo: str, headers: dict[str, str]) -> None:
    for client in (Client(headers=headers), Client()):
        client.get(GUIDE)
    response = Client(headers=headers).get(GUIDE)
    assert not [name for name in OF_SHARED_CACHES if name in response]


@pytest.mark.parametrize(
    "address",
    ["/search/?q=equity", "/admin/login/", "/nowhere/", "/?x=1", f"{GUIDE}?pass=a", "/code/"],
)
def test_what_is_not_kept_by_the_site_is_not_marked(demo: str, address: str) -> None:
    response = Client().get(address)
    assert not [name for name in OF_SHARED_CACHES if name in response]


def test_answer_to_a_form_is_not_marked(demo: str) -> None:
    response = Client().post(GUIDE, {"work_email": "ana@example.org"})
    assert not [name for name in OF_SHARED_CACHES if name in response]
