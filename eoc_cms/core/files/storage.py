"""Where files that nobody may fetch by address are kept."""

import os
import uuid
from pathlib import Path
from typing import IO, Any, Protocol

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage
from django.utils.crypto import salted_hmac
from django.utils.functional import cached_property


class StorageError(OSError):
    """Files cannot be read or written; the message names no key and no signed address."""


class PrivateFileSystemStorage(FileSystemStorage):
    """A folder outside MEDIA_ROOT whose files have no address.

    `url` raises NotImplementedError, as Django's storage API does for a file
    without one, so nothing can print or redirect to an address by mistake.
    """

    def __init__(self) -> None:
        super().__init__(base_url=None)

    @cached_property
    def base_location(self) -> Path:
        return Path(settings.PRIVATE_ROOT)

    @cached_property
    def location(self) -> str:
        return str(self.base_location.resolve())

    def url(self, name: str | None) -> str:
        raise NotImplementedError("A private file has no address.")

    def edition_of(self, opened: IO[bytes]) -> str:
        """Say in a few letters which bytes an opened file holds."""
        found = os.fstat(opened.fileno())
        return f"{found.st_mtime_ns} {found.st_size}"

    def probe(self) -> None:
        """Raise an error unless files can be written and removed."""
        self.delete(self.save(f"readyz-{uuid.uuid4().hex}", ContentFile(b"ok")))


class SigningStorage(Protocol):
    """A storage that can hand a file to a visitor by itself, for a short while."""

    def exists(self, name: str) -> bool: ...

    def signed_url(self, name: str, *, method: str, disposition: str, content_type: str) -> str:
        """Return an address that gives this one file without asking, until it ends."""


def etag_of(name: str, opened: IO[bytes], storage: Any) -> str:
    """Return a strong ETag for an opened file; it tells nothing of its name, date or size."""
    edition = f"{name} {storage.edition_of(opened)}"
    return f'"{salted_hmac("eoc.edition", edition, algorithm="sha256").hexdigest()[:32]}"'
