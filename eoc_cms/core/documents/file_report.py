"""What an editor is told about a file: whether everybody can use it, and what to do if not."""

from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from eoc_cms.core.documents.findings import Finding, findings
from eoc_cms.core.models import CustomDocument

# What Microsoft Office writes has a checker of its own.
OFFICE = {"docx", "pptx", "xlsx"}


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
    return FileReport(title=_title(found, document), findings=found)


def _title(found: tuple[Finding, ...], document: CustomDocument) -> str:
    warnings = sum(not finding.is_good for finding in found)
    if not warnings:
        return _("Can everybody use this PDF? All that can be checked by machine is in order.")
    if document.is_closed:
        return _("Visitors cannot open this PDF. It is not published behind a form as it is.")
    if any(finding.is_closed for finding in found):
        return _("Visitors cannot open this PDF. It is published, as you chose for this file.")
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
