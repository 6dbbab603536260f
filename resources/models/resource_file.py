import uuid
from collections.abc import Mapping
from typing import Any, Self

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import model_from_serializable_data
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from eoc_cms.core.documents.file_report_panel import FileReportPanel
from eoc_cms.core.models import CustomDocument
from eoc_cms.core.note_panel import NotePanel
from resources.models.former_address import FormerFileAddress


class ResourceFile(Orderable):
    """One file of a resource. Its key is its address, whichever edition stands behind it."""

    resource = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, editable=False, unique=True)
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name=_("file"),
        on_delete=models.PROTECT,
        related_name="resource_files",
    )
    label = models.CharField(
        _("name of the file"),
        max_length=120,
        blank=True,
        help_text=_("Such as “Word version”. Leave it empty to use the file's title."),
    )

    # Whether it was read from a draft whose document was deleted since.
    has_lost_its_file = False

    panels = [
        NotePanel("resources/admin/lost_file_panel.html", of="has_lost_its_file"),
        FieldPanel("document", required_on_save=False),
        FileReportPanel("document"),
        FieldPanel("label"),
    ]

    class Meta(Orderable.Meta):
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.label or (self.document.title if self.document_id else "")

    @classmethod
    def from_serializable_data(
        cls, data: Mapping[str, object], check_fks: bool = True, strict_fks: bool = False
    ) -> Self | None:
        """Read a row of a draft, whose document may have been deleted since.

        Published rows hold theirs back from being deleted, drafts do not; a draft may also
        hold a row for which none was chosen yet.
        """
        chosen = data.get("document")
        is_there = CustomDocument.objects.filter(pk__in=[chosen]).exists()
        known = data if is_there else {**data, "document": None}
        read: Self | None = model_from_serializable_data(
            cls, known, check_fks=check_fks, strict_fks=strict_fks
        )
        if read:
            read.has_lost_its_file = chosen is not None and not is_there
        return read

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Store the row under an address of its own; one without a file is left out.

        A draft is published by the clock too, when nobody is there to choose another.
        """
        if not self.document_id:
            return
        self._settle_key()
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Remove the row; its address leads to the resource from then on."""
        FormerFileAddress.objects.remember(self.key, resource_id=self.resource_id)
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        return deleted

    def _settle_key(self) -> None:
        """Keep a key that is ours; a copied page brings along those of its original.

        The new one is worked out from the old, so that it stays the same however
        often a draft with the old one is published.
        """
        rows = type(self).objects.filter(key=self.key).exclude(resource_id=self.resource_id)
        if rows.exists() or FormerFileAddress.objects.is_of_another(self.key, self.resource_id):
            self.key = uuid.uuid5(self.key, f"resource {self.resource_id}")
        FormerFileAddress.objects.forget(self.key)
