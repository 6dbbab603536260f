"""What a file really is, told by its content and not by its name."""

import re
import zipfile
from collections.abc import Collection
from typing import IO

import filetype
from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _

# What tells the formats that are ZIP archives apart: an entry that each of them has,
# or what the entry `mimetype` says (OpenDocument part 2 §3.3; EPUB OCF §4.3).
ENTRIES = {
    "docx": "word/document.xml",
    "pptx": "ppt/presentation.xml",
    "xlsx": "xl/workbook.xml",
    "zip": "",
}
MIMETYPES = {
    "odt": b"application/vnd.oasis.opendocument.text",
    "epub": b"application/epub+zip",
}
TEXT = {"csv", "txt"}
# What `filetype` may call the content of video and audio, by the extension that players know.
MEDIA = {
    "aac": {"aac"},
    "flac": {"flac"},
    "m4a": {"m4a", "mp4"},
    "mp3": {"mp3"},
    "mp4": {"m4v", "mp4"},
    "ogg": {"ogg"},
    "wav": {"wav"},
    "webm": {"webm"},
}
# ISO/IEC 14496-12, 4.3: how these begin, whichever of their many brands follows.
ISO_MEDIA = {"m4a", "mp4"}
ZIP_STARTS = (b"PK\x03\x04", b"PK\x05\x06")
# Programs inside a document of Office, which runs them when it is opened.
MACROS = "vbaProject.bin"
# The marks that some programs put before everything else.
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def check_document(field_file: FieldFile) -> None:
    """Raise ValidationError when a newly chosen file cannot be published as named."""
    if not field_file or field_file._committed:  # type: ignore[attr-defined]
        return
    extension = extension_of(field_file.name)
    if field_file.size == 0:
        raise ValidationError({"file": _("This file is empty. Choose it again.")})
    if not content_matches(field_file.file, extension):
        raise ValidationError({"file": something_else(extension)})


def check_media(upload: File, allowed: Collection[str]) -> None:
    """Raise ValidationError unless an upload is video or audio of an allowed kind."""
    extension = extension_of(upload.name)
    if extension not in allowed:
        kinds = ", ".join(f".{kind}" for kind in sorted(allowed))
        raise ValidationError(
            _("Files of this kind do not play everywhere. Save it as one of these: %(kinds)s.")
            % {"kinds": kinds}
        )
    if not content_matches(upload, extension):
        raise ValidationError(something_else(extension))


def something_else(extension: str) -> str:
    """Say that a file is not what it is called, and what to do."""
    return _(
        "This file is named .%(extension)s but its content is something else. "
        "Save it again from the program that made it."
    ) % {"extension": extension}


def extension_of(name: str | None) -> str:
    return (name or "").rpartition(".")[2].lower()


def content_matches(opened: IO[bytes], extension: str) -> bool:
    """Say whether the first bytes, or the parts of a ZIP, fit the file's extension."""
    opened.seek(0)
    head = opened.read(4096)
    opened.seek(0)
    if extension in MEDIA:
        return _is_media(head, extension)
    if extension == "pdf":
        # Readers look for the mark anywhere in the first 1024 bytes, so a page or a program could
        # stand before it; only blanks may.
        return head.removeprefix(BYTE_ORDER_MARK).lstrip(b"\x00\t\n\f\r ").startswith(b"%PDF-")
    if extension in ENTRIES or extension in MIMETYPES:
        return head.startswith(ZIP_STARTS) and _is_archive_of(opened, extension)
    return extension in TEXT and _is_text(head)


def _is_media(head: bytes, extension: str) -> bool:
    kind = filetype.guess(head)
    if kind is None:
        return extension in ISO_MEDIA and head[4:8] == b"ftyp"
    return kind.extension in MEDIA[extension]


def _is_text(head: bytes) -> bool:
    return not CONTROL.search(head) and filetype.guess(head) is None


def _is_archive_of(opened: IO[bytes], extension: str) -> bool:
    try:
        with zipfile.ZipFile(opened) as archive:
            names = archive.namelist()
            if extension in MIMETYPES:
                return _mimetype(archive) == MIMETYPES[extension]
            has_macros = extension != "zip" and any(name.endswith(MACROS) for name in names)
            return not has_macros and (not ENTRIES[extension] or ENTRIES[extension] in names)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, ValueError, OSError):
        # Cut short, packed or locked in a way that cannot be read, or made to mislead.
        return False
    finally:
        opened.seek(0)


def _mimetype(archive: zipfile.ZipFile) -> bytes:
    try:
        with archive.open("mimetype") as entry:
            # No more than it takes to know: an entry can unpack to any size.
            return entry.read(100).strip()
    except KeyError:
        return b""
