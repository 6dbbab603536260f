"""The files of a backup: the same in the archive, whether the site keeps them on disk or in S3.

So a backup made with one is restored into the other, which is how files move.
"""

import shutil
import tarfile
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, TypeGuard

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import Storage, storages

if TYPE_CHECKING:
    from eoc_cms.core.files.s3_storage import S3Storage

# What a folder of the archive is called, and the storage whose files it holds.
STORAGES = {"media": "default", "private": "private"}


def add_files(archive: tarfile.TarFile) -> None:
    """Add the files of every storage to an archive."""
    for name, alias in STORAGES.items():
        storage = storages[alias]
        folder = _folders()[name]
        if _is_bucket(storage):
            _add_bucket(archive, name, storage)
        elif folder.exists():
            archive.add(folder, name)


def put_back_files(unpacked: Path) -> None:
    """Put the files of an unpacked archive in the place of all there are."""
    for name, alias in STORAGES.items():
        storage = storages[alias]
        if _is_bucket(storage):
            _refill_bucket(unpacked / name, storage)
        else:
            _replace_folder(unpacked / name, _folders()[name])


def _folders() -> dict[str, Path]:
    return {"media": Path(settings.MEDIA_ROOT), "private": Path(settings.PRIVATE_ROOT)}


def _is_bucket(storage: Storage) -> TypeGuard["S3Storage"]:
    # Asked by what it can do, since its module brings along the library for S3.
    return hasattr(storage, "all_names")


def _add_bucket(archive: tarfile.TarFile, name: str, storage: "S3Storage") -> None:
    for key in storage.all_names():
        # One that was deleted since it was listed is none of this backup's.
        with suppress(FileNotFoundError), storage.open(key) as opened:
            entry = tarfile.TarInfo(f"{name}/{key}")
            entry.size, entry.mode = opened.size, 0o600
            archive.addfile(entry, opened)


def _refill_bucket(folder: Path, storage: "S3Storage") -> None:
    """Store what the backup holds, and only then remove what it does not hold."""
    kept = set()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            key = path.relative_to(folder).as_posix()
            with path.open("rb") as opened:
                storage.put_back(key, File(opened))
            kept.add(key)
    for key in [name for name in storage.all_names() if name not in kept]:
        storage.delete(key)


def _replace_folder(new: Path, place: Path) -> None:
    """Swap a folder for another, so that at no time half of each stands there."""
    old = place.with_name(f"{place.name}.before-restore")
    shutil.rmtree(old, ignore_errors=True)
    place.parent.mkdir(parents=True, exist_ok=True)
    fresh = place.with_name(f"{place.name}.restoring")
    shutil.rmtree(fresh, ignore_errors=True)
    if new.exists():
        shutil.copytree(new, fresh)
    else:
        fresh.mkdir()
    with suppress(FileNotFoundError):
        place.rename(old)
    fresh.rename(place)
    shutil.rmtree(old, ignore_errors=True)
