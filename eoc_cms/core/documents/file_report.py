"""What an editor is told about a file: whether everybody can use it, and what to do if not.

The sentences for what pdf_checks.py found. They warn and never stop anybody.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eoc_cms.core.files.pdf_checks import BROKEN, PASSWORD, PdfFacts
from eoc_cms.core.models import CustomDocument

# A reader of more pages than these looks for a way through them.
PAGES_WITHOUT_BOOKMARKS = 8
# What Microsoft Office writes has a checker of its own.
OFFICE = {"docx", "pptx", "xlsx"}


@dataclass(frozen=True, kw_only=True)
class Finding:
    """One thing that is in order, or one that is not and what to do about it."""

    name: str
    sentence: str
    advice: str = ""

    @property
    def is_good(self) -> bool:
        return not self.advice


@dataclass(frozen=True, kw_only=True)
class FileReport:
    title: str
    findings: tuple[Finding, ...] = ()

    @property
    def is_good(self) -> bool:
        return all(finding.is_good for finding in self.findings)


def report_on(document: CustomDocument) -> FileReport | None:
    """Return what to tell an editor about a document, or None where there is nothing to say."""
    extension = document.file_extension.lower()
    if extension in OFFICE:
        return _office_report()
    if extension != "pdf":
        return None
    facts = document.pdf_facts
    found = tuple(findings(facts)) if facts else (_not_looked_at(),)
    return FileReport(title=_title(found), findings=found)


def _title(found: tuple[Finding, ...]) -> str:
    warnings = sum(not finding.is_good for finding in found)
    if not warnings:
        return _("Can everybody use this PDF? All that can be checked by machine is in order.")
    return ngettext(
        "Can everybody use this PDF? There is %(count)d thing to mend. "
        "You can publish it all the same.",
        "Can everybody use this PDF? There are %(count)d things to mend. "
        "You can publish it all the same.",
        warnings,
    ) % {"count": warnings}


def _office_report() -> FileReport:
    return FileReport(
        title=_(
            "Only PDFs are checked here. In the program that made this file, choose “Review”, "
            "then “Check Accessibility”."
        )
    )


def _not_looked_at() -> Finding:
    return Finding(
        name="unknown",
        sentence=_("This PDF has not been checked."),
        advice=_("Choose the file again and save."),
    )


def findings(facts: PdfFacts) -> Iterator[Finding]:
    """Yield what was found in a PDF, the gravest first."""
    if facts.state == PASSWORD:
        yield _password()
        return
    if facts.state == BROKEN:
        yield _broken()
        return
    if not facts.may_be_read_aloud:
        yield _protection()
    yield _text(facts)
    yield _tags(facts)
    yield _shown_title(facts)
    yield _language(facts)
    if (facts.pages or 0) > PAGES_WITHOUT_BOOKMARKS:
        yield _bookmarks(facts)


def _password() -> Finding:
    return Finding(
        name="password",
        sentence=_("It asks for a password before it opens, so visitors cannot read it."),
        advice=_(
            "Open it in the program that made it, take the password away and save it again. "
            "The form already keeps strangers out."
        ),
    )


def _broken() -> Finding:
    return Finding(
        name="broken",
        sentence=_("It could not be read and may be damaged."),
        advice=_("See whether it opens on your computer. If not, export it again as a PDF."),
    )


def _protection() -> Finding:
    return Finding(
        name="protection",
        sentence=_("It is protected so that screen readers may not read it."),
        advice=_("Save it again without protection, or allow “text access for screen readers”."),
    )


def _text(facts: PdfFacts) -> Finding:
    if facts.has_text is None:
        return Finding(
            name="text",
            sentence=_("Its pages could not be looked into."),
            advice=_("Try to select some words in it. If you cannot, export it again as a PDF."),
        )
    if facts.has_text:
        return Finding(name="text", sentence=_("It holds text, which can be read aloud."))
    return Finding(
        name="text",
        sentence=_("Its pages are pictures, as from a scanner: nothing in them is read aloud.")
        if not facts.pages_with_text
        else _("Most of its pages are pictures: nothing in them is read aloud."),
        advice=_(
            "Export it from the document it was made from. If there is none, recognize its "
            "text, in Acrobat with “Scan & OCR”."
        ),
    )


def _tags(facts: PdfFacts) -> Finding:
    if not facts.is_tagged:
        return Finding(
            name="tags",
            sentence=_("It has no tags: a screen reader may read it in the wrong order."),
            advice=_(
                "Export it again with tags. Word: “Save as”, PDF, “Options”, “Document structure "
                "tags for accessibility”. InDesign: “Create Tagged PDF”."
            ),
        )
    if not facts.has_headings:
        return Finding(
            name="tags",
            sentence=_("It has tags, but no headings: nobody can go from part to part by ear."),
            advice=_("Give its headings a heading style in the program that made it."),
        )
    return Finding(
        name="tags", sentence=_("It has tags and headings, which tell a screen reader its order.")
    )


def _shown_title(facts: PdfFacts) -> Finding:
    if not facts.has_title:
        return Finding(
            name="title",
            sentence=_("It has no title of its own: people hear the name of the file instead."),
            advice=_("Word: fill in “Title” under “File”, “Info”, and export it again."),
        )
    if not facts.shows_title:
        return Finding(
            name="title",
            sentence=_("It has a title, but shows the name of the file in its place."),
            advice=_(
                "Acrobat: “Properties”, “Initial View”, and there under “Show” choose "
                "“Document Title”."
            ),
        )
    return Finding(name="title", sentence=_("It shows its title."))


def _language(facts: PdfFacts) -> Finding:
    if facts.language:
        return Finding(
            name="language",
            sentence=_("It says its language (%(code)s).") % {"code": facts.language},
        )
    return Finding(
        name="language",
        sentence=_("It does not say its language: it may be read aloud in the wrong voice."),
        advice=_("Set the language of the whole text in the program that made it, and export it."),
    )


def _bookmarks(facts: PdfFacts) -> Finding:
    if facts.has_bookmarks:
        return Finding(name="bookmarks", sentence=_("It has bookmarks to its parts."))
    return Finding(
        name="bookmarks",
        sentence=_("It has %(count)d pages and no bookmarks to find the way.")
        % {"count": facts.pages or 0},
        advice=_("Word: “Save as”, PDF, “Options”, “Create bookmarks using headings”."),
    )
