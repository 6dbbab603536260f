"""With SENDFILE=nginx the site decides and counts, and nginx is told what to send."""

import pytest
from django.conf import LazySettings
from django.test import Client

from resources.models import Download, ResourceFile
from tests.factories.fixtures import Make

ANSWER = {"email": "ana@example.org"}


@pytest.fixture
def entry(make: Make, settings: LazySettings) -> ResourceFile:
    settings.SENDFILE = "nginx"
    entry: ResourceFile = make("Locked", files=["Ñandú & más.pdf"]).files.get()
    return entry


@pytest.fixture
def visitor(entry: ResourceFile) -> Client:
    client = Client()
    client.post(entry.resource.url, ANSWER)
    return client


def test_nginx_is_told_where_the_file_is_and_gets_no_byte(
    entry: ResourceFile, visitor: Client
) -> None:
    response = visitor.get(f"/download/{entry.key}/")
    assert (response.status_code, response.content) == (200, b"")
    told = response["X-Accel-Redirect"]
    assert told.isascii()
    assert told.startswith("/private/documents/%C3%91and%C3%BA")
    assert response["Content-Type"] == "application/pdf"
    assert "Locked.pdf" in response["Content-Disposition"]
    assert response["Cache-Control"] == "private, no-store"


def test_stranger_is_led_to_the_page_and_nginx_is_told_nothing(entry: ResourceFile) -> None:
    response = Client().get(f"/download/{entry.key}/")
    assert response.status_code == 303
    assert "X-Accel-Redirect" not in response


def test_later_parts_that_nginx_sends_are_no_downloads(
    entry: ResourceFile, visitor: Client
) -> None:
    visitor.head(f"/download/{entry.key}/")
    visitor.get(f"/download/{entry.key}/", headers={"Range": "bytes=100-"})
    assert Download.objects.count() == 0
    visitor.get(f"/download/{entry.key}/")
    assert Download.objects.count() == 1
