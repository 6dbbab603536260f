"""The form of a picture in the admin, wherever one is uploaded or edited."""

from typing import Any

from django.core.exceptions import ValidationError
from django.core.files.base import File
from django.utils.translation import gettext as _
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from eoc_cms.core.files.pictures import UnusablePictureError, check_rendering, is_animated_png
from eoc_cms.core.files.upload_form import UploadForm
from eoc_cms.core.models import CustomImage


class PictureField(WagtailImageField):
    """Takes in only what can be shown; Wagtail's field looks no further than the first bytes."""

    def to_python(self, data: File | None) -> File | None:
        try:
            upload: File | None = super().to_python(data)
        except ValidationError as error:
            if data and error.code == "invalid_image":
                raise _animated() if is_animated_png(data) else _unusable() from error
            raise
        except Exception as error:  # Wagtail's field asks for the size of what may be damaged.
            raise _unusable() from error
        if upload:
            check_picture(upload)
        return upload


def check_picture(upload: File) -> None:
    """Raise ValidationError unless an upload can be shown as a picture."""
    try:
        check_rendering(upload, _stand_in())
    except UnusablePictureError as error:
        raise _unusable() from error


def _stand_in() -> CustomImage:
    # What a rendering asks of a picture that is not stored yet; the collection spares a query.
    return CustomImage(file="picture", width=1, height=1, collection_id=0)


def _animated() -> ValidationError:
    return ValidationError(
        _("This PNG is animated, which cannot be shown here. Save it as a plain PNG or as a GIF.")
    )


def _unusable() -> ValidationError:
    return ValidationError(
        _(
            "This picture cannot be shown: it is damaged, or saved in an unusual way. Open it in "
            "a program for pictures, save it again as PNG or JPEG, and choose that file."
        )
    )


class ImageForm(UploadForm, BaseImageForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Wagtail makes the field by a function of its own and asks no setting for it.
        if "file" in self.fields:
            made = self.fields["file"]
            self.fields["file"] = PictureField(
                label=made.label, required=made.required, widget=made.widget
            )

    def save(self, commit: bool = True) -> CustomImage:
        if "file" in self.changed_data:
            self.instance.cannot_be_shown = False
        saved: CustomImage = super().save(commit=commit)
        return saved
