"""What the files of a resource are: formats, length, reading time."""

from collections.abc import Iterable

from django.utils.text import slugify
from django.utils.translation import ngettext

from eoc_cms.core.models import CustomDocument

FORMATS = {
    "pdf": "PDF",
    "docx": "Word",
    "pptx": "PowerPoint",
    "xlsx": "Excel",
    "odt": "OpenDocument",
    "epub": "EPUB",
    "csv": "CSV",
    "txt": "TXT",
    "zip": "ZIP",
}
# A page of a well-set guide holds about 250 words, and adults read about 240 a
# minute (Brysbaert 2019, "How many words do we read per minute?").
MINUTES_PER_PAGE = 250 / 240


def format_name(document: CustomDocument) -> str:
    return name_of_format(document.file_extension)


def name_of_format(extension: str) -> str:
    return FORMATS.get(extension.lower(), extension.upper())


def formats(documents: Iterable[CustomDocument]) -> dict[str, str]:
    """Return the formats of a resource, each once: what addresses call it, and its name."""
    names = (format_name(document) for document in documents)
    return {slugify(name): name for name in names if name}


def format_label(documents: Iterable[CustomDocument]) -> str:
    """Return the formats of a resource, each once, such as “PDF, Word”."""
    return ", ".join(formats(documents).values())


def length_label(documents: Iterable[CustomDocument]) -> str:
    """Return the length of the longest file, such as “12 pages”, or an empty text."""
    pages = max((document.page_count or 0 for document in documents), default=0)
    return ngettext("%(count)d page", "%(count)d pages", pages) % {"count": pages} if pages else ""


def reading_minutes(documents: Iterable[CustomDocument]) -> int | None:
    pages = max((document.page_count or 0 for document in documents), default=0)
    return max(1, round(pages * MINUTES_PER_PAGE)) if pages else None
