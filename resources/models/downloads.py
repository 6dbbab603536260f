from django.db import models
from django.utils.translation import gettext_lazy as _

from resources.models.grants import Grant


class Download(models.Model):
    """One delivered file: a GET answered 200 to something that is not a known robot."""

    wagtail_reference_index_ignore = True

    grant = models.ForeignKey(
        Grant,
        verbose_name=_("grant"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="downloads",
    )
    resource = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("resource"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    document = models.ForeignKey(
        "core.CustomDocument",
        verbose_name=_("file"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # Kept as words, so that counts outlive the page and the file.
    resource_title = models.CharField(_("resource"), max_length=255)
    file_title = models.CharField(_("file"), max_length=255)
    downloaded_at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("download")
        verbose_name_plural = _("downloads")
        default_permissions = ("view",)
        ordering = ["-downloaded_at", "-pk"]
        indexes = [
            models.Index(fields=["-downloaded_at", "-id"], name="download_newest"),
            models.Index(fields=["resource_title"], name="download_title"),
            models.Index(fields=["file_title"], name="download_file"),
        ]

    def __str__(self) -> str:
        return self.file_title
