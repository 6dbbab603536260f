"""A backup takes files along from a bucket as from disk, and moves them between the two."""

import tarfile
from pathlib import Path
from typing import Any

import pytest
from django.conf import LazySettings
from django.core.files.base import ContentFile
from django.core.files.storage import storages
from django.core.management import CommandError, call_command

from tests.s3_server import FakeS3, storage_entry

PRIVATE, MEDIA = "locked-files", "pictures"
GUIDE = "documents/Ñandú guide.pdf"
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("postgres_tools")]


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.tar"


@pytest.fixture
def on_disk(settings: LazySettings) -> dict[str, Any]:
    return dict(settings.STORAGES)


@pytest.fixture
def in_buckets(s3: FakeS3, on_disk: dict[str, Any]) -> dict[str, Any]:
    return {
        **on_disk,
        "private": storage_entry(s3, PRIVATE, "PrivateS3Storage"),
        "default": storage_entry(s3, MEDIA, "PublicS3Storage"),
    }


def test_files_of_buckets_are_brought_back_and_later_ones_taken_away(
    s3: FakeS3, settings: LazySettings, in_buckets: dict[str, Any], file: Path
) -> None:
    settings.STORAGES = in_buckets
    private: Any = storages["private"]
    private.put_back(GUIDE, ContentFile(b"%PDF-1.7 kept"))
    storages["default"].put_back("images/a.png", ContentFile(b"\x89PNG"))  # type: ignore[attr-defined]
    call_command("backup", file, verbosity=0)
    private.put_back(GUIDE, ContentFile(b"%PDF-1.7 changed"))
    private.put_back("documents/later.pdf", ContentFile(b"%PDF-1.7 later"))
    s3.objects.pop((MEDIA, "images/a.png"))
    call_command("restore", file, "--replace", verbosity=0)
    assert {place: kept.body for place, kept in s3.objects.items()} == {
        (PRIVATE, GUIDE): b"%PDF-1.7 kept",
        (MEDIA, "images/a.png"): b"\x89PNG",
    }


def test_files_move_from_disk_to_buckets_and_back(
    s3: FakeS3,
    settings: LazySettings,
    on_disk: dict[str, Any],
    in_buckets: dict[str, Any],
    file: Path,
) -> None:
    storages["private"].save(GUIDE, ContentFile(b"%PDF-1.7 kept"))
    [name] = storages["private"].listdir("documents")[1]
    call_command("backup", file, verbosity=0)
    settings.STORAGES = in_buckets
    call_command("restore", file, "--replace", verbosity=0)
    assert s3.names(PRIVATE) == [f"documents/{name}"]
    again = file.with_name("again.tar")
    call_command("backup", again, verbosity=0)
    settings.STORAGES = on_disk
    storages["private"].delete(f"documents/{name}")
    call_command("restore", again, "--replace", verbosity=0)
    with storages["private"].open(f"documents/{name}") as opened:
        assert opened.read() == b"%PDF-1.7 kept"


def test_bucket_that_fails_leaves_no_half_backup(
    s3: FakeS3, settings: LazySettings, in_buckets: dict[str, Any], file: Path
) -> None:
    settings.STORAGES = in_buckets
    call_command("backup", file.with_name("whole.tar"), verbosity=0)
    s3.is_down = True
    with pytest.raises(CommandError, match="The bucket refused"):
        call_command("backup", file, verbosity=0)
    assert [path.name for path in file.parent.iterdir()] == ["whole.tar"]
    with pytest.raises(CommandError, match=r"could not be put back.+run restore again"):
        call_command("restore", file.with_name("whole.tar"), "--replace", verbosity=0)


def test_files_in_the_archive_are_for_their_owner_only(
    s3: FakeS3, settings: LazySettings, in_buckets: dict[str, Any], file: Path
) -> None:
    settings.STORAGES = in_buckets
    storages["private"].save(GUIDE, ContentFile(b"%PDF-"))
    call_command("backup", file, verbosity=0)
    with tarfile.open(file) as archive:
        [entry] = [each for each in archive if each.name.startswith("private/")]
    assert (entry.mode, entry.size) == (0o600, 5)
