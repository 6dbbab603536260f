import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import FieldPanel
from wagtail.models import Orderable

from eoc_cms.core.file_report_panel import FileReportPanel


class ResourceFile(Orderable):
    """One file of a resource. Its key is its address, whichever edition stands behind it."""

    resource = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="files")
    key = models.UUIDField(default=uuid.uuid4, editable=False, db_index=True)
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

    panels = [FieldPanel("document"), FileReportPanel("document"), FieldPanel("label")]

    class Meta(Orderable.Meta):
        verbose_name = _("file")

    def __str__(self) -> str:
        return self.label or self.document.title
