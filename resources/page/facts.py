"""What a file is for whoever wants it: its size, and whether it can be read aloud."""

from dataclasses import dataclass

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from eoc_cms.core.files.pdf_checks import DYNAMIC_FORM, PdfFacts
from eoc_cms.core.models import CustomDocument


def size_label(document: CustomDocument) -> str:
    return filesizeformat(document.file_size) if document.file_size else ""


@dataclass(frozen=True)
class AccessibilityNote:
    """Whether a screen reader can follow a file. What is not known is not promised."""

    text: str
    is_good: bool = False


def accessibility_note(document: CustomDocument) -> AccessibilityNote:
    facts = document.pdf_facts
    if facts and facts.state == DYNAMIC_FORM:
        return AccessibilityNote(_("This PDF is a form that opens in Adobe Acrobat only."))
    if facts and (not facts.opens or not facts.may_be_read_aloud):
        return AccessibilityNote(_("This PDF is protected or damaged: it may not be read aloud."))
    if not facts or facts.has_text is None:
        return AccessibilityNote(_("We have not checked this file for screen readers."))
    if not facts.has_text:
        return AccessibilityNote(
            _("The pages of this PDF hold no text: a screen reader finds no words in them.")
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
