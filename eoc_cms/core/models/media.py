"""Uploaded video and audio. Always open: media never stands behind a form."""

from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtailmedia.models import AbstractMedia


class CustomMedia(AbstractMedia):
    captions = models.FileField(
        _("captions"),
        upload_to="captions",
        blank=True,
        validators=[FileExtensionValidator(["vtt"])],
        help_text=_("A WebVTT file (.vtt). Your captioning service can export one."),
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
        super().clean(*args, **kwargs)
        if self.captions and not self._captions_are_webvtt():
            raise ValidationError(
                {"captions": _("This is not a WebVTT file: its first line must be WEBVTT.")}
            )

    def _captions_are_webvtt(self) -> bool:
        # WebVTT §4.1: an optional byte order mark, then the word WEBVTT.
        with (
            self.captions.storage.open(self.captions.name)
            if self.captions._committed
            else (self.captions.file) as opened
        ):
            head = opened.read(9)
            opened.seek(0)
        return head.removeprefix(b"\xef\xbb\xbf").startswith(b"WEBVTT")
