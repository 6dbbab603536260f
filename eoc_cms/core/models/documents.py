"""Documents: private unless staff say otherwise.

A document has no address of its own that works. It is delivered through a
resource, which asks for the right, or, where an editor has ticked "anyone may
open it", by Wagtail's document address. See docs/how-the-gate-works.md.
"""

from dataclasses import asdict
from typing import Any

from django.core.files.base import File
from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from eoc_cms.core.files.file_types import check_document
from eoc_cms.core.files.pdf_checks import PdfFacts, inspect_pdf


def private_storage() -> Storage:
    return storages["private"]


class CustomDocument(AbstractDocument):
    """A file kept in the private storage, with what its content says of itself."""

    file = models.FileField(_("file"), upload_to="documents", storage=private_storage)
    is_public = models.BooleanField(
        _("anyone may open it"),
        default=False,
        help_text=_(
            "Tick only for files that need no form, such as an agenda linked from a page. "
            "A file that stands behind a form stays locked even when this is ticked."
        ),
    )
    publish_anyway = models.BooleanField(
        _("publish it all the same"),
        default=False,
        help_text=_(
            "Visitors cannot open this file by themselves. Tick only if they get what it takes, "
            "such as its password, in another way."
        ),
    )
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)
    accessibility = models.JSONField(
        _("what was found in the PDF"), null=True, blank=True, editable=False
    )

    admin_form_fields = (*Document.admin_form_fields, "is_public", "publish_anyway")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a file whose content is not what its name says."""
        # One that the form has refused already is not there; its name is not at fault too.
        if self.file:
            super().clean()
            check_document(self.file)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Look into a new file that comes without its facts, so that old ones never stay."""
        if self._is_new_file and self._looked_into is not self.file.file:
            self._look_into_file()
        super().save(*args, **kwargs)

    @property
    def pdf_facts(self) -> PdfFacts | None:
        return PdfFacts.from_json(self.accessibility) if self.accessibility else None

    @property
    def is_closed(self) -> bool:
        """Whether visitors cannot open it, and nobody has chosen to publish it all the same."""
        facts = self.pdf_facts
        return facts is not None and not facts.opens and not self.publish_anyway

    @property
    def _is_new_file(self) -> bool:
        return bool(self.file) and not self.file._committed

    # The file whose facts these are, until it is stored.
    _looked_into: File | None = None

    def _set_document_file_metadata(self) -> None:
        super()._set_document_file_metadata()
        self._look_into_file()
        self.page_count = self.pdf_facts.pages if self.pdf_facts else None

    def _look_into_file(self) -> None:
        self.accessibility = None
        if self.file_extension.lower() == "pdf":
            with self.open_file() as opened:
                self.accessibility = asdict(inspect_pdf(opened))
        self._looked_into = self.file.file if self._is_new_file else None
