"""Documents: private unless staff say otherwise.

A document has no address of its own that works. It is delivered through a
resource, which asks for the right, or, where an editor has ticked "anyone may
open it", by Wagtail's document address. See docs/how-the-gate-works.md.
"""

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.documents.models import AbstractDocument, Document

from eoc_cms.core.file_types import check_document


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
    page_count = models.PositiveIntegerField(_("pages"), null=True, blank=True, editable=False)

    admin_form_fields = (*Document.admin_form_fields, "is_public")

    class Meta(AbstractDocument.Meta):
        permissions = [("choose_document", "Can choose document")]

    def clean(self) -> None:
        """Refuse a file whose content is not what its name says."""
        super().clean()
        check_document(self.file)

    def _set_document_file_metadata(self) -> None:
        super()._set_document_file_metadata()
        from eoc_cms.core.file_types import count_pages

        with self.open_file() as opened:
            self.page_count = count_pages(opened, self.file_extension)
