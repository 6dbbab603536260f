"""Uploaded video and audio. Always open: media never stands behind a form."""

from functools import partial
from typing import Any

from django.core.validators import FileExtensionValidator
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia


class CustomMedia(AbstractMedia):
    captions = models.FileField(
        _("captions"),
        upload_to="captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_(
            "A WebVTT (.vtt) or SubRip (.srt) file, which your captioning service can export."
        ),
    )

    admin_form_fields = (  # type: ignore[assignment]
        "title",
        "file",
        "captions",
        "duration",
        "width",
        "height",
        "thumbnail",
        "collection",
        "tags",
    )

    class Meta(AbstractMedia.Meta):
        verbose_name = _("video or audio file")
        verbose_name_plural = _("video and audio files")

    def clean(self, *args: object, **kwargs: object) -> None:
        # A file that the form has refused is not there; its name is not at fault too.
        if self.file:
            super().clean(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        """Delete the record with its captions; wagtailmedia removes the other files."""
        captions = self.captions.name
        deleted: tuple[int, dict[str, int]] = super().delete(*args, **kwargs)
        if captions:
            storage = self.captions.storage
            transaction.on_commit(partial(storage.delete, captions), robust=True)
        return deleted
