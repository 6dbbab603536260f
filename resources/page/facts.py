"""What the files of a resource are, in the words of a visitor."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.template.defaultfilters import filesizeformat
from django.utils.text import slugify
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eoc_cms.core.documents.pdf_checks import READ, PdfFacts

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


def format_name(document: Any) -> str:
    return FORMATS.get(document.file_extension.lower(), document.file_extension.upper())


def formats(documents: Iterable[Any]) -> dict[str, str]:
    """Return the formats of a resource, each once: what addresses call it, and its name."""
    names = (format_name(document) for document in documents)
    return {slugify(name): name for name in names if name}


def format_label(documents: Iterable[Any]) -> str:
    """Return the formats of a resource, each once, such as “PDF, Word”."""
    return ", ".join(formats(documents).values())


def length_label(documents: Iterable[Any]) -> str:
    """Return the length of the longest file, such as “12 pages”, or an empty text."""
    pages = max((document.page_count or 0 for document in documents), default=0)
    return ngettext("%(count)d page", "%(count)d pages", pages) % {"count": pages} if pages else ""


def reading_minutes(documents: Iterable[Any]) -> int | None:
    pages = max((document.page_count or 0 for document in documents), default=0)
    return max(1, round(pages * MINUTES_PER_PAGE)) if pages else None


def size_label(document: Any) -> str:
    return filesizeformat(document.file_size) if document.file_size else ""


@dataclass(frozen=True)
class AccessibilityNote:
    """Whether a screen reader can follow a file. What is not known is not promised."""

    text: str
    is_good: bool = False


def accessibility_note(document: Any) -> AccessibilityNote:
    facts = document.pdf_facts
    if facts and (facts.state != READ or not facts.may_be_read_aloud):
        return AccessibilityNote(_("This PDF is protected or damaged: it may not be read aloud."))
    if not facts or facts.has_text is None:
        return AccessibilityNote(_("We have not checked this file for screen readers."))
    if not facts.has_text:
        return AccessibilityNote(
            _("The pages of this PDF are pictures: a screen reader finds no words in them.")
        )
    if not facts.is_tagged:
        return AccessibilityNote(
            _("This PDF has no tags: a screen reader may read it in the wrong order.")
        )
    return AccessibilityNote(_tagged(facts), is_good=True)


def _tagged(facts: PdfFacts) -> str:
    if facts.has_headings and facts.has_bookmarks:
        return _("Tagged PDF with headings and bookmarks")
    if facts.has_headings:
        return _("Tagged PDF with headings")
    if facts.has_bookmarks:
        return _("Tagged PDF with bookmarks, but without headings")
    return _("Tagged PDF, but without headings or bookmarks")
