"""A backup brings back every row and every file, and refuses what is not one."""

import json
import stat
import tarfile
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.management import CommandError, call_command
from wagtail.models import Site

from eoc_cms.core.backup import archive as backup
from eoc_cms.core.models import CustomDocument, JobRun

pytestmark = pytest.mark.usefixtures("postgres_tools")


@pytest.fixture
def document(site: Site) -> CustomDocument:
    return CustomDocument.objects.create(
        title="Ñandú", file=ContentFile(b"%PDF-1.7 kept", "kept.pdf")
    )


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "site.tar"


@pytest.mark.django_db(transaction=True)
def test_restore_brings_back_rows_and_files(document: CustomDocument, file: Path) -> None:
    JobRun.objects.create(name="before")
    call_command("backup", file, verbosity=0)
    JobRun.objects.create(name="after")
    JobRun.objects.filter(name="before").delete()
    document.file.storage.delete(document.file.name)
    call_command("restore", file, "--replace", verbosity=0)
    assert list(JobRun.objects.values_list("name", flat=True)) == ["before"]
    restored = CustomDocument.objects.get(title="Ñandú")
    assert restored.file.read() == b"%PDF-1.7 kept"


@pytest.mark.django_db(transaction=True)
def test_backup_is_for_its_owner_only_and_never_written_over(site: Site, file: Path) -> None:
    call_command("backup", file, verbosity=0)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    with pytest.raises(CommandError, match="is there already"):
        call_command("backup", file)
    assert not list(file.parent.glob("*.part"))


@pytest.mark.django_db
def test_restore_asks_before_it_takes_anything_away(file: Path) -> None:
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", file)


@pytest.mark.django_db
def test_what_is_no_backup_is_refused_and_nothing_is_lost(file: Path) -> None:
    JobRun.objects.create(name="kept")
    for content in (b"", b"not a tar file" * 100):
        file.write_bytes(content)
        with pytest.raises(CommandError, match=r"cannot be read|no backup"):
            call_command("restore", file, "--replace")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", file.with_name("missing.tar"), "--replace")
    assert JobRun.objects.filter(name="kept").exists()


@pytest.mark.django_db
def test_backup_of_another_database_is_refused(file: Path, tmp_path: Path) -> None:
    manifest = tmp_path / backup.MANIFEST
    manifest.write_text(json.dumps({"format": backup.FORMAT, "database": "oracle"}))
    with tarfile.open(file, "w") as archive:
        archive.add(manifest, backup.MANIFEST)
        archive.add(manifest, backup.DATABASE)
    with pytest.raises(CommandError, match="a backup of oracle"):
        call_command("restore", file, "--replace")


@pytest.mark.django_db
def test_no_file_of_an_archive_lands_outside_its_folder(file: Path, tmp_path: Path) -> None:
    stranger = tmp_path / "stranger"
    stranger.write_text("x")
    with tarfile.open(file, "w") as archive:
        archive.add(stranger, "../../escaped")
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", file, "--replace")
    assert not (Path(settings.DATA_DIR).parent / "escaped").exists()


@pytest.mark.django_db
@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE, tarfile.FIFOTYPE])
def test_archive_holds_files_and_folders_only(file: Path, kind: bytes) -> None:
    entry = tarfile.TarInfo("media/odd")
    entry.type, entry.linkname = kind, "manifest.json"
    with tarfile.open(file, "w") as archive:
        archive.addfile(entry)
    with pytest.raises(CommandError, match="cannot be read"):
        call_command("restore", file, "--replace")
