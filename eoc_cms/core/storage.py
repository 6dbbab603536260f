"""Where files that nobody may fetch by address are kept."""

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.utils.functional import cached_property


class PrivateFileSystemStorage(FileSystemStorage):
    """A folder outside MEDIA_ROOT whose files have no address.

    `url` raises NotImplementedError, as Django's storage API does for a file
    without one, so nothing can print or redirect to an address by mistake.
    """

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(base_url=None, **kwargs)

    @cached_property
    def base_location(self) -> Path:
        return Path(settings.PRIVATE_ROOT)

    @cached_property
    def location(self) -> str:
        return str(self.base_location.resolve())

    def url(self, name: str | None) -> str:
        raise NotImplementedError("A private file has no address.")
