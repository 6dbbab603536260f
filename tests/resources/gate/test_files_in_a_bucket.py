"""Locked files in an S3 bucket: sent on by an address that lives a minute, or through the site."""

import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.test import Client
from django.utils import timezone
from django.utils.http import parse_header_parameters

from eoc_cms.core.models import CustomDocument
from resources.lock_check import bucket_roads, check_resource, walk
from resources.lock_check.target import target_of
from resources.models import Download, Grant, ResourceFile, ResourcePage
from tests.factories.fixtures import Make
from tests.factories.pages import publish
from tests.resources.lock_check.strangers import ClientStranger
from tests.s3_server import SECRET_KEY, FakeS3, storage_entry

pytestmark = pytest.mark.sweep

LARGE = b"%PDF-1.7 " + bytes(range(256)) * 20_000  # 5 MB
ANSWER = {"email": "ana@example.org"}


@pytest.fixture
def bucket(s3: FakeS3, settings: LazySettings, monkeypatch: pytest.MonkeyPatch) -> FakeS3:
    private = storage_entry(s3, "locked-files", "PrivateS3Storage")
    settings.STORAGES = {**settings.STORAGES, "private": private}
    monkeypatch.setattr(CustomDocument._meta.get_field("file"), "storage", storages["private"])
    return s3


@pytest.fixture
def signed(bucket: FakeS3, settings: LazySettings) -> FakeS3:
    settings.SENDFILE = "s3"
    return bucket


@pytest.fixture
def locked(bucket: FakeS3, make: Make) -> ResourcePage:
    page: ResourcePage = publish(make("Guía de 公平 & más"))
    file = only_file(page).document
    file.file = ContentFile(LARGE, name="guide.pdf")
    file.save()
    return page


def only_file(page: ResourcePage) -> ResourceFile:
    return page.files.select_related("document").get()


def address(page: ResourcePage) -> str:
    return f"/download/{only_file(page).key}/"


def visitor(page: ResourcePage) -> Client:
    client = Client()
    client.post(page.url, ANSWER)
    return client


def fetch(url: str, **headers: str) -> tuple[Any, bytes]:
    request = urllib.request.Request(url, headers=headers)  # noqa: S310 - our own server
    with urllib.request.urlopen(request, timeout=5) as answer:  # noqa: S310
        return answer, answer.read()


# --- By an address that lives a minute ----------------------------------------------


def test_visitor_is_sent_on_and_gets_the_file_under_its_name(
    signed: FakeS3, locked: ResourcePage
) -> None:
    response: Any = visitor(locked).get(address(locked))
    assert (response.status_code, response.content) == (303, b"")
    assert response["Cache-Control"] == "private, no-store"
    assert response["Referrer-Policy"] == "no-referrer"
    assert response["X-Robots-Tag"] == "noindex"
    answer, body = fetch(response["Location"])
    assert body == LARGE
    assert answer.headers["Content-Type"] == "application/pdf"
    named = parse_header_parameters(answer.headers["Content-Disposition"])[1]
    assert named["filename"] == "Guía de 公平 & más.pdf"


def test_address_holds_no_secret_and_no_name_of_a_visitor(
    signed: FakeS3, locked: ResourcePage, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level("DEBUG"):
        response = visitor(locked).get(address(locked))
    assert SECRET_KEY not in response["Location"]
    assert "ana" not in response["Location"]
    assert SECRET_KEY not in caplog.text


@pytest.mark.parametrize("method", ["GET", "HEAD"])
@pytest.mark.parametrize("headers", [{}, {"Range": "bytes=0-9"}, {"If-None-Match": "*"}])
def test_stranger_is_led_to_the_page_and_never_to_the_bucket(
    signed: FakeS3, locked: ResourcePage, method: str, headers: dict[str, str]
) -> None:
    asked = list(signed.asked)
    response = Client().generic(method, address(locked), headers=headers)
    assert (response.status_code, response["Location"]) == (303, locked.url)
    document = only_file(locked).document
    response = Client().generic(method, f"/documents/{document.pk}/{document.filename}")
    assert (response.status_code, response["Location"]) == (303, locked.url)
    assert signed.asked == asked


@pytest.mark.parametrize(
    "change", [{"revoked_at": timezone.now}, {"expires_at": timezone.now}], ids=["revoked", "ended"]
)
def test_ended_grant_gets_no_further_address(
    signed: FakeS3, locked: ResourcePage, change: dict[str, Callable[[], Any]]
) -> None:
    client = visitor(locked)
    Grant.objects.update(**{name: value() for name, value in change.items()})
    assert client.get(address(locked))["Location"] == locked.url


def test_sending_on_is_one_download_and_a_use_of_the_grant(
    signed: FakeS3, locked: ResourcePage
) -> None:
    client = visitor(locked)
    soon = timezone.now() + timedelta(days=2)
    Grant.objects.update(expires_at=soon)
    client.head(address(locked))
    assert Download.objects.count() == 0
    client.get(address(locked))
    assert Download.objects.count() == 1
    assert Grant.objects.get().expires_at > soon
    # A later part of the same file comes by an address of its own.
    response = client.get(address(locked), headers={"Range": "bytes=100-"})
    answer, body = fetch(response["Location"], Range="bytes=100-")
    assert (answer.status, body) == (206, LARGE[100:])
    assert Download.objects.count() == 1


def test_file_that_is_gone_from_the_bucket_is_not_found(
    signed: FakeS3, locked: ResourcePage
) -> None:
    signed.objects.clear()
    client = visitor(locked)
    assert client.get(address(locked)).status_code == 404
    assert Download.objects.count() == 0


@pytest.mark.parametrize("sendfile", ["s3", "python"])
def test_bucket_out_of_reach_is_told_in_plain_words_and_counts_nothing(
    bucket: FakeS3, locked: ResourcePage, settings: LazySettings, sendfile: str
) -> None:
    settings.SENDFILE = sendfile
    client = visitor(locked)
    bucket.is_down = True
    response = client.get(address(locked))
    assert (response.status_code, response["Retry-After"]) == (503, "60")
    assert response["Cache-Control"] == "private, no-store"
    assert "on our side" in response.content.decode()
    assert Download.objects.count() == 0


def test_old_bytes_cannot_be_had_after_a_replacement(signed: FakeS3, locked: ResourcePage) -> None:
    client, entry = visitor(locked), only_file(locked)
    before = client.get(address(locked))["Location"]
    # What Wagtail's view for editing a document does.
    old = entry.document.file.name
    entry.document.file = ContentFile(b"%PDF-1.7 second", name="guide.pdf")
    entry.document.save()
    entry.document.file.storage.delete(old)
    with pytest.raises(urllib.error.HTTPError, match="404"):
        fetch(before)
    assert fetch(client.get(address(locked))["Location"])[1] == b"%PDF-1.7 second"


# --- Through the site ---------------------------------------------------------------


def body_of(response: Any) -> bytes:
    return b"".join(response.streaming_content)


def test_file_in_a_bucket_is_streamed_in_whole_and_in_parts(locked: ResourcePage) -> None:
    client = visitor(locked)
    whole = client.get(address(locked))
    assert (whole.status_code, body_of(whole)) == (200, LARGE)
    assert whole["Content-Length"] == str(len(LARGE))
    headers = {"Range": "bytes=4000000-4000009", "If-Range": whole["ETag"]}
    part = client.get(address(locked), headers=headers)
    assert (part.status_code, body_of(part)) == (206, LARGE[4_000_000:4_000_010])
    assert Download.objects.count() == 1


def test_question_about_a_file_fetches_no_byte_of_it(bucket: FakeS3, locked: ResourcePage) -> None:
    client = visitor(locked)
    bucket.bytes_sent = 0
    response = client.head(address(locked))
    assert response["Content-Length"] == str(len(LARGE))
    assert bucket.bytes_sent == 0
    assert Download.objects.count() == 0


def test_part_asked_of_the_edition_before_gets_the_whole_new_one(locked: ResourcePage) -> None:
    client, entry = visitor(locked), only_file(locked)
    before = client.head(address(locked))["ETag"]
    entry.document.file = ContentFile(b"%PDF-1.7 second", name="guide.pdf")
    entry.document.save()
    headers = {"Range": "bytes=5-", "If-Range": before}
    response = client.get(address(locked), headers=headers)
    assert (response.status_code, body_of(response)) == (200, b"%PDF-1.7 second")


# --- “Is it really locked?” -----------------------------------------------------------


def test_locked_bucket_is_green_on_every_road(
    signed: FakeS3, locked: ResourcePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(walk, "SiteStranger", ClientStranger)
    report = check_resource(locked)
    assert [finding.sentence for finding in report.open_roads] == []
    sentences = [finding.sentence for finding in report.findings]
    assert "The bucket gives strangers neither a file nor the list of them." in sentences
    assert Download.objects.count() == 0


def test_bucket_that_is_open_to_all_shows_red(bucket: FakeS3, locked: ResourcePage) -> None:
    bucket.is_open_to_all = True
    finding = bucket_roads.bucket_address(target_of(locked), ClientStranger())
    assert not finding.is_closed
    assert "to anyone who knows its address" in finding.sentence


def test_bucket_that_does_not_answer_shows_red(bucket: FakeS3, locked: ResourcePage) -> None:
    bucket.is_down = True
    finding = bucket_roads.bucket_address(target_of(locked), ClientStranger())
    assert not finding.is_closed
    assert "did not answer" in finding.sentence


def test_site_is_not_ready_while_the_bucket_does_not_answer(bucket: FakeS3, db: None) -> None:
    assert Client().get("/readyz").json()["storage"] == "ok"
    bucket.is_down = True
    response = Client().get("/readyz")
    assert (response.status_code, response.json()["storage"]) == (503, "failing")
