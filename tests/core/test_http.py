"""Rules that hold for every request: what a NUL does, who may store, who may send."""

from io import BytesIO
from typing import Any
from urllib.parse import unquote

import pytest
from django.http import HttpRequest, HttpResponse
from django.test import Client, RequestFactory

from eoc_cms.core import http
from eoc_cms.core.http import (
    InputGuardMiddleware,
    comes_from_this_site,
    take_in_the_rest,
)
from home.bootstrap import bootstrap


def posted(body: bytes, headers: dict[str, str] | None = None) -> HttpRequest:
    return RequestFactory(headers=headers or {}).post("/", body, content_type="text/plain")


# --- Who sent a form ------------------------------------------------------------


@pytest.mark.parametrize(
    ("headers", "is_ours"),
    [
        ({}, True),  # curl, and browsers that send neither
        ({"Sec-Fetch-Site": "same-origin"}, True),
        ({"Sec-Fetch-Site": "none"}, True),  # typed, or from a bookmark
        ({"Sec-Fetch-Site": "same-site"}, False),  # another host of the same domain
        ({"Sec-Fetch-Site": "cross-site"}, False),
        ({"Sec-Fetch-Site": "made-up"}, False),
        ({"Sec-Fetch-Site": ""}, False),
        ({"Origin": "http://testserver"}, True),
        ({"Origin": "HTTP://TestServer"}, True),
        ({"Origin": "https://testserver"}, True),  # a proxy took the encryption away
        ({"Origin": "http://testserver:8000"}, False),
        ({"Origin": "http://testserver.evil.example"}, False),
        ({"Origin": "http://evil.example"}, False),
        ({"Origin": "http://user@testserver"}, False),
        ({"Origin": "null"}, False),  # a sandboxed frame
        ({"Origin": ""}, False),
        ({"Origin": "http://["}, False),
        ({"Origin": "\udcff"}, False),
        ({"Sec-Fetch-Site": "cross-site", "Origin": "http://testserver"}, False),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, True),
        ({"Referer": "http://evil.example/"}, True),  # says nothing of who sent a form
    ],
)
def test_forms_are_taken_from_our_own_pages_only(headers: dict[str, str], is_ours: bool) -> None:
    assert comes_from_this_site(posted(b"", headers)) is is_ours


# --- Who may store an answer ------------------------------------------------------


@pytest.mark.parametrize("path", ["/nowhere/", "/admin/login/", "/search/", "/healthz", "/readyz"])
def test_nobody_may_store_an_answer_unless_its_view_says_so(db: None, path: str) -> None:
    bootstrap()
    directives = set(Client().get(path)["Cache-Control"].split(", "))
    assert "private" in directives
    assert "no-store" in directives or "no-cache" in directives
    assert "public" not in directives


def test_what_a_view_says_of_storing_is_kept(db: None) -> None:
    assert "public" in Client().get("/robots.txt")["Cache-Control"]


# --- What is kept away from the views ------------------------------------------------


ENCODED_NUL = ["%00", "a%00b", "%2500", "%252500", "%%0000", "%25%30%30", "%%30%30", "%2525252500"]


def shown(request: HttpRequest) -> HttpResponse:
    return HttpResponse(f"{request.path_info} {request.GET.get('q')} {sorted(request.COOKIES)}")


@pytest.mark.parametrize("encoded", ENCODED_NUL)
def test_nul_however_often_encoded_reaches_no_view_and_leaves_no_empty_filter(encoded: str) -> None:
    def view(request: HttpRequest) -> HttpResponse:
        told = [request.path_info, *request.GET, *request.GET.values()]
        return HttpResponse("\n".join(told).replace("%25", "%"))

    for address in (f"/search/{encoded}/", f"/search/?q={encoded}", f"/search/?{encoded}=x"):
        told = InputGuardMiddleware(view)(RequestFactory().get(address)).content.decode()
        assert "\ufffd" in told, address
        assert "\x00" not in unquote(unquote(told)), address


@pytest.mark.parametrize("asked", ["100%25", "0%30", "%2530%2530", "%25zz00", "%ff"])
def test_address_without_a_nul_is_left_as_it_is(asked: str) -> None:
    request = RequestFactory().get(f"/search/?q={asked}")
    told = f"/search/ {unquote(asked)} []".encode()
    assert InputGuardMiddleware(shown)(request).content == told


def test_cookie_with_a_nul_is_passed_over() -> None:
    request = RequestFactory().get("/", headers={"Cookie": r'theirs="a\000b"; ours=1'})
    assert InputGuardMiddleware(shown)(request).content == b"/ None ['ours']"


# --- Senders may finish ----------------------------------------------------------


def test_body_that_no_view_has_read_is_taken_in() -> None:
    request = posted(b"x" * 300_000)
    InputGuardMiddleware(lambda request: HttpResponse(status=400))(request)
    assert request.read() == b""


def test_body_that_a_view_has_read_is_left_alone() -> None:
    request = posted(b"x" * 300_000)
    answer = InputGuardMiddleware(lambda request: HttpResponse(request.body[:3]))(request)
    assert answer.content == b"xxx"
    assert len(request.body) == 300_000


def test_endless_body_is_not_taken_in_to_its_end(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(http, "MAX_REST", 100_000)
    request = posted(b"x" * 300_000)
    take_in_the_rest(request)
    assert 0 < len(request.read()) < 300_000


def test_sender_who_has_gone_is_no_error() -> None:
    class Gone(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            raise ConnectionResetError

    environ: dict[str, Any] = {"wsgi.input": Gone()}
    take_in_the_rest(RequestFactory().post("/", b"x", content_type="text/plain", **environ))
