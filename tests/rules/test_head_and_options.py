"""HEAD and OPTIONS of whatever a visitor may open: answered, without a body or a warning."""

import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.core.handlers.wsgi import WSGIHandler, WSGIRequest
from django.core.signals import request_finished
from django.db import close_old_connections
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.test import RequestFactory
from django.urls import URLPattern, get_resolver
from django.utils import timezone
from wagtail.models import Page

from eoc_cms.core.http import BodylessHeadMiddleware
from eoc_cms.core.logging import OptionsFilter
from eoc_cms.core.models import CustomDocument, CustomImage
from resources.models import CohortCode, ResourceFile

# Whoever opens it presses a button; nothing leads there.
BUTTONS_ONLY = {"not_you"}


@pytest.fixture
def site_s_addresses(demo: str) -> dict[str, str]:
    """Give one address of each kind that a visitor may open."""
    document = CustomDocument.objects.all()[0]
    code = CohortCode.objects.create(name="Members", expires_at=timezone.now())
    image = CustomImage.objects.all()[0]
    return {
        "healthz": "/healthz",
        "readyz": "/readyz",
        "wagtaildocs_serve": f"/documents/{document.pk}/{document.filename}",
        "download": f"/download/{ResourceFile.objects.all()[0].key}/",
        "sitemap": "/sitemap.xml",
        "robots": "/robots.txt",
        "media": image.file.url,
        "ask_again": "/access/",
        "access_link": "/access/never-made/",
        "enter_code": "/code/",
        "opened_by_code": "/code/opened/",
        "cohort_code": f"/code/{code.code}/",
        "your_data": "/your-data/",
        "your_consents": "/your-data/consents/never-made/",
        "your_data_erased": "/your-data/erased/",
        "your_data_of": "/your-data/never-made/",
        "not_you": "/not-you/",
        "search": "/search/",
        "wagtail_serve": "/",
        **{page.url: page.url for page in Page.objects.live().public() if page.url},
    }


def answer_to(method: str, address: str) -> HttpResponseBase:
    """Answer as the server has it, which Django's test client does not show."""
    handler = WSGIHandler()
    request = RequestFactory().generic(method, address)
    assert isinstance(request, WSGIRequest)
    answer: HttpResponseBase = handler.get_response(request)
    return answer


def body_of(answer: Any) -> bytes:
    """Read an answer to its end, and close it as Django's test client does.

    The end of a request would else end the test's connection to the database.
    """
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    request_finished.disconnect(close_old_connections)
    answer.close()
    request_finished.connect(close_old_connections)
    return bytes(body)


def public_names() -> Iterator[str]:
    for entry in get_resolver().url_patterns:
        for each in getattr(entry, "url_patterns", [entry]):
            if isinstance(each, URLPattern) and each.name and str(entry.pattern) != "admin/":
                yield each.name


def test_no_public_address_is_left_out(site_s_addresses: dict[str, str]) -> None:
    of_wagtail = {
        name for name in public_names() if name.startswith(("wagtaildocs_", "wagtailcore_"))
    }
    assert set(public_names()) - of_wagtail <= set(site_s_addresses)


@pytest.mark.parametrize("method", ["HEAD", "OPTIONS"])
def test_nothing_public_is_answered_with_a_body_or_a_warning(
    site_s_addresses: dict[str, str], method: str, caplog: pytest.LogCaptureFixture
) -> None:
    for name, address in site_s_addresses.items():
        caplog.clear()
        answer = answer_to(method, address)
        assert answer.status_code < 500 or name == "readyz", name
        if method == "HEAD":
            assert body_of(answer) == b"", name
            as_read = answer_to("GET", address)
            assert body_of(as_read) or as_read.status_code != 200, name
            assert answer.status_code == as_read.status_code, name
        else:
            assert answer.status_code in {200, 405, 503}, name
        warned = [each for each in caplog.records if each.levelno >= logging.WARNING]
        warned = [each for each in warned if OptionsFilter().filter(each)]
        if answer.status_code not in {404, 410, 503} and name not in BUTTONS_ONLY:
            assert [each.getMessage() for each in warned] == [], name


def test_head_says_how_long_the_body_would_be_and_closes_the_file(tmp_path: Any) -> None:
    path = tmp_path / "guide.pdf"
    path.write_bytes(b"%PDF-1.7")
    opened = path.open("rb")
    request = RequestFactory().head("/")
    sent = BodylessHeadMiddleware(lambda _request: FileResponse(opened))(request)  # type: ignore[arg-type,return-value]
    assert sent["Content-Length"] == "8"
    assert body_of(sent) == b""
    assert opened.closed
    words = BodylessHeadMiddleware(lambda _request: HttpResponse("four"))(request)
    assert (words["Content-Length"], words.content) == ("4", b"")
