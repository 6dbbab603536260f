"""Settings that would open a road to a locked file stop the site's own check."""

from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.checks import run_checks
from django.core.files.storage import storages

from tests.s3_server import FakeS3, storage_entry


def found() -> list[str]:
    return [message.id or "" for message in run_checks(tags=["security"])]


def in_bucket(settings: LazySettings, s3: FakeS3) -> dict[str, Any]:
    entry = storage_entry(s3, "locked-files", "PrivateS3Storage")
    return {**settings.STORAGES, "private": entry}


@pytest.mark.parametrize("sendfile", ["python", "nginx"])
def test_files_on_disk_pass(settings: LazySettings, sendfile: str) -> None:
    settings.SENDFILE = sendfile
    assert found() == []


@pytest.mark.parametrize("sendfile", ["python", "s3"])
def test_files_in_a_bucket_pass(settings: LazySettings, s3: FakeS3, sendfile: str) -> None:
    settings.STORAGES = in_bucket(settings, s3)
    settings.SENDFILE = sendfile
    assert found() == []
    assert s3.asked == []


def test_another_way_of_serving_documents_is_named(settings: LazySettings) -> None:
    settings.WAGTAILDOCS_SERVE_METHOD = "redirect"
    assert found() == ["eoc.E001"]


def test_private_folder_within_the_public_one_is_named(settings: LazySettings) -> None:
    settings.MEDIA_ROOT = Path(settings.PRIVATE_ROOT).parent
    assert found() == ["eoc.E002"]


def test_private_storage_that_gives_addresses_is_named(settings: LazySettings) -> None:
    settings.STORAGES = {**settings.STORAGES, "private": settings.STORAGES["default"]}
    assert found() == ["eoc.E003"]
    assert storages["private"].url("x") == "/media/x"


def test_way_of_sending_that_cannot_send_is_named(settings: LazySettings, s3: FakeS3) -> None:
    settings.SENDFILE = "s3"
    assert found() == ["eoc.E004"]
    settings.STORAGES = in_bucket(settings, s3)
    settings.SENDFILE = "nginx"
    assert found() == ["eoc.E004"]
