"""Keep strangers' uploads small while they arrive, before any view has looked at them."""

from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from forms_app.uploads.checks import largest

MOST_FILES = 10
ADMIN = "/admin/"


class VisitorUploadLimit(FileUploadHandler):
    """Writes no more of a file than tells that it is too large, and only so many files.

    Staff upload documents in the admin, which has limits of its own.
    """

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.is_staffs = request is not None and request.path_info.startswith(ADMIN)
        self.files = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.files += 1
        if self.files > MOST_FILES and not self.is_staffs:
            raise SkipFile

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        # The handlers after this one get nothing more; the file then counts as too large.
        return raw_data if self.is_staffs or start <= largest() else None

    def file_complete(self, file_size: int) -> UploadedFile | None:
        return None
