"""Whether a picture can be shown: decoded whole, and rendered as the site and the admin do it."""

from io import BytesIO

import filetype
from django.core.files.base import File
from wagtail.images.models import AbstractImage, Filter

# As small as the library shows it, in its own format and in each that a page may ask for.
RENDERED_AS = [
    "max-165x165",
    *(f"max-165x165|format-{format_name}" for format_name in ("avif", "webp", "jpeg")),
]
ANIMATED_PNG = "apng"


class UnusablePictureError(ValueError):
    """A picture cannot be decoded or rendered."""


def check_rendering(opened: File, picture: AbstractImage) -> None:
    """Raise UnusablePictureError unless a picture's content can be shown in every format."""
    for spec in RENDERED_AS:
        opened.seek(0)
        try:
            Filter(spec).run(picture, BytesIO(), source=opened)
        except Exception as error:  # Decoders fail in more ways than they have names for.
            raise UnusablePictureError(str(error)) from error
    opened.seek(0)


def is_animated_png(opened: File) -> bool:
    opened.seek(0)
    found: str | None = filetype.guess_extension(opened.read(4096))
    opened.seek(0)
    return found == ANIMATED_PNG
