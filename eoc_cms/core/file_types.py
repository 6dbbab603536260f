"""What a file really is, told by its content and not by its name."""

import zipfile
from typing import IO

from django.core.exceptions import ValidationError
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext_lazy as _

ZIP_BASED = {
    "docx": "word/",
    "pptx": "ppt/",
    "xlsx": "xl/",
    "odt": "content.xml",
    "epub": "META-INF/",
    "zip": "",
}
TEXT = {"csv", "txt"}


def check_document(field_file: FieldFile) -> None:
    """Raise ValidationError when a newly chosen file cannot be published as named."""
    if not field_file or field_file._committed:  # type: ignore[attr-defined]
        return
    extension = (field_file.name or "").rpartition(".")[2].lower()
    if field_file.size == 0:
        raise ValidationError({"file": _("This file is empty. Choose it again.")})
    if not content_matches(field_file.file, extension):
        raise ValidationError(
            {
                "file": _(
                    "This file is named .%(extension)s but its content is something else. "
                    "Save it again from the program that made it."
                )
                % {"extension": extension}
            }
        )


def content_matches(opened: IO[bytes], extension: str) -> bool:
    """Say whether the first bytes, or the parts of a ZIP, fit the file's extension."""
    opened.seek(0)
    head = opened.read(1024)
    opened.seek(0)
    if extension == "pdf":
        # ISO 32000-1 annex H: readers accept the mark within the first 1,024 bytes.
        return b"%PDF-" in head
    if extension in ZIP_BASED:
        return _zip_has(opened, ZIP_BASED[extension])
    return extension in TEXT and b"\x00" not in head


def _zip_has(opened: IO[bytes], part: str) -> bool:
    try:
        with zipfile.ZipFile(opened) as archive:
            return any(name.startswith(part) for name in archive.namelist())
    except zipfile.BadZipFile:
        return False
    finally:
        opened.seek(0)
