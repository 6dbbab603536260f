"""Choosers whose pictures come with their sizes, so that a page asks for all of them at once.

Wagtail looks up the rendition of every picture by itself, which is a query for
each; a stream loads its values in bulk, and that is the place to join them.
"""

from collections.abc import Iterable

from django.db.models import prefetch_related_objects
from wagtail.images.blocks import ImageBlock, ImageChooserBlock
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


class ReadyImageBlock(ImageBlock):
    """Wagtail's image with its own description, which migrations know as that."""

    def __init__(self, required: bool = True, **options: object) -> None:
        super().__init__(required=required, **options)
        chooser = ReadyImageChooserBlock(required=required)
        chooser.set_name("image")
        self.child_blocks["image"] = chooser
