"""Choosers whose pictures come with their sizes, so that a page asks for all of them at once.

Wagtail looks up the rendition of every picture by itself, which is a query for
each; a stream loads its values in bulk, and that is the place to join them.
"""

from collections.abc import Iterable
from typing import Any

from django.db.models import prefetch_related_objects
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail.images.blocks import ImageBlock, ImageBlockComparison, ImageChooserBlock
from wagtail.images.models import AbstractImage


class ReadyImageChooserBlock(ImageChooserBlock):
    def bulk_to_python(self, values: Iterable[int | None]) -> list[AbstractImage | None]:
        images = super().bulk_to_python(values)
        # Sizes that were fetched belong to one instance each, whose description they show: a
        # picture that comes again, described otherwise, asks for its own.
        firsts = {image.pk: image for image in reversed(images) if image}
        prefetch_related_objects(list(firsts.values()), "renditions")
        return images

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Keep this class out of migrations: to them it is Wagtail's own block."""
        _path, args, options = super().deconstruct()
        return "wagtail.images.blocks.ImageChooserBlock", list(args), options


class ImageComparison(ImageBlockComparison):
    """Compares pictures in words, also where that of one version was deleted."""

    val_a: dict[str, Any]
    val_b: dict[str, Any]

    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.val_a, self.val_b = _in_words(self.val_a), _in_words(self.val_b)

    def htmlvalue(self, val: object) -> SafeString:
        html: SafeString = super().htmlvalue(val if isinstance(val, dict) else self.val_a)
        return html


def _in_words(value: dict[str, Any]) -> dict[str, Any]:
    if not value["image"]:
        return {"image": None, "alt_text": "", "decorative": ""}
    return {**value, "decorative": _("yes") if value["decorative"] else _("no")}


class ReadyImageBlock(ImageBlock):
    """Wagtail's image with its own description, which migrations know as that."""

    def __init__(self, required: bool = True, **options: object) -> None:
        super().__init__(required=required, **options)
        chooser = ReadyImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser

    def get_comparison_class(self) -> type[ImageComparison]:
        return ImageComparison
