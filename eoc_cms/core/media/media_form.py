"""The form of a video or of audio in the admin, wherever one is uploaded or edited."""

from functools import partial
from pathlib import PurePath
from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.db import transaction
from django.db.models.fields.files import FieldFile
from django.utils.translation import gettext as _
from wagtailmedia.forms import BaseMediaForm
from wagtailmedia.settings import wagtailmedia_settings

from eoc_cms.core.files.captions import CaptionsError, as_webvtt
from eoc_cms.core.files.file_types import check_media, extension_of
from eoc_cms.core.files.upload_form import UploadForm
from eoc_cms.core.media.image_form import check_picture
from eoc_cms.core.models import CustomMedia

CAPTIONS = {"srt", "vtt"}
# wagtailmedia itself removes the file of a video when another takes its place.
BESIDE_FILE = ("captions", "thumbnail")


class MediaForm(UploadForm, BaseMediaForm):
    """Reads the content of what is chosen, and turns captions into WebVTT."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._stored = {name: getattr(self.instance, name).name for name in BESIDE_FILE}
        if "captions" in self.fields:
            accepted = ",".join(f".{extension}" for extension in sorted(CAPTIONS))
            self.fields["captions"].widget.attrs["accept"] = accepted

    def clean_file(self) -> UploadedFile | FieldFile:
        upload: UploadedFile | FieldFile = self.cleaned_data["file"]
        if isinstance(upload, UploadedFile):
            is_video = self.instance.type == "video"
            kinds = wagtailmedia_settings
            check_media(upload, kinds.VIDEO_EXTENSIONS if is_video else kinds.AUDIO_EXTENSIONS)
        return upload

    def clean_captions(self) -> UploadedFile | FieldFile | bool | None:
        """Return captions as WebVTT, whichever of the two kinds was chosen."""
        upload: UploadedFile | FieldFile | bool | None = self.cleaned_data["captions"]
        if not isinstance(upload, UploadedFile):
            return upload
        if extension_of(upload.name) not in CAPTIONS:
            raise ValidationError(_("Choose captions as WebVTT (.vtt) or SubRip (.srt)."))
        try:
            captions = as_webvtt(upload.read())
        except CaptionsError as error:
            raise ValidationError(str(error)) from error
        return SimpleUploadedFile(f"{PurePath(upload.name or '').stem}.vtt", captions, "text/vtt")

    def clean_thumbnail(self) -> UploadedFile | FieldFile | bool | None:
        upload: UploadedFile | FieldFile | bool | None = self.cleaned_data["thumbnail"]
        if isinstance(upload, UploadedFile):
            check_picture(upload)
        return upload

    def save(self, commit: bool = True) -> CustomMedia:
        saved: CustomMedia = super().save(commit=commit)
        for name, before in self._stored.items():
            stored = getattr(saved, name)
            if commit and before and stored.name != before:
                transaction.on_commit(partial(stored.storage.delete, before), robust=True)
        return saved
