"""Which files visitors may send, told by their content and not by their name."""

import filetype
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.files.file_types import content_matches

IMAGES = {
    "heic": "image/heic",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "png": "image/png",
    "webp": "image/webp",
}
DOCUMENTS = {
    "csv": "text/csv",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "odt": "application/vnd.oasis.opendocument.text",
    "pdf": "application/pdf",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "txt": "text/plain",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
CONTENT_TYPES = {**DOCUMENTS, **IMAGES}
ACCEPTED = ",".join(f".{extension}" for extension in sorted(CONTENT_TYPES))


def largest() -> int:
    """Return the most bytes that one file may have."""
    return settings.MAX_UPLOAD_MB * 1024 * 1024


def extension_of(name: str) -> str:
    return name.rpartition(".")[2].lower() if "." in name else ""


def check_upload(upload: UploadedFile) -> None:
    """Raise ValidationError, saying what to do, for a file that we do not take."""
    extension = extension_of(upload.name or "")
    if not upload.size:
        raise ValidationError(_("This file is empty. Choose it again."))
    if upload.size > largest():
        raise ValidationError(
            _("This file is too large. Choose one of %(size)s or less.")
            % {"size": filesizeformat(largest())}
        )
    if extension not in CONTENT_TYPES:
        raise ValidationError(
            _("Files of this type are not taken. Choose a PDF, a picture, or a document.")
        )
    if not _is_what_it_is_named(upload, extension):
        raise ValidationError(
            _("This file is named .%(extension)s but its content is something else. Save it again.")
            % {"extension": extension}
        )


def _is_what_it_is_named(upload: UploadedFile, extension: str) -> bool:
    if extension in DOCUMENTS:
        return content_matches(upload, extension)
    upload.seek(0)
    kind = filetype.guess(upload.read(1024))
    upload.seek(0)
    return kind is not None and kind.mime == IMAGES[extension]
