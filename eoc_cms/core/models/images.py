"""Pictures, and what stands in for one that cannot be shown."""

import logging
from typing import Any, cast

from django.db import DatabaseError, models
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from wagtail.images.exceptions import InvalidFilterSpecError
from wagtail.images.models import AbstractImage, AbstractRendition, Filter
from wagtail.search import index

from eoc_cms.core.files.storage import StorageError

logger = logging.getLogger(__name__)

# The name that Wagtail gives to the file of a rendition that it could not make.
NOT_FOUND = "not-found"
PLACEHOLDER = "eoc/img/no-picture.svg"
# What is no fault of a picture: of the code that asks for it, or of the database.
NOT_ITS_FAULT = (InvalidFilterSpecError, DatabaseError)


class CustomImage(AbstractImage):
    """An image with the credit that is shown under it."""

    credit = models.CharField(
        _("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made it and under which license. Shown with the image."),
    )
    cannot_be_shown = models.BooleanField(_("cannot be shown"), default=False, editable=False)

    admin_form_fields = (
        "title",
        "file",
        "description",
        "credit",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )
    search_fields: list[Any] = [
        *AbstractImage.search_fields,
        index.SearchField("credit"),
    ]

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]

    def get_rendition(self, filter: Filter | str) -> "CustomRendition":
        """Return a rendition, or a placeholder, so that no page fails for one picture."""
        try:
            return cast(CustomRendition, super().get_rendition(filter))
        except NOT_ITS_FAULT:
            raise
        except Exception as error:  # Decoders fail in more ways than they have names for.
            self._note_failure(error)
            return self._placeholder(filter)

    def get_renditions(self, *filters: Filter | str) -> dict[str, AbstractRendition]:
        try:
            return super().get_renditions(*filters)
        except NOT_ITS_FAULT:
            raise
        except Exception:  # One of them failed; which, and why, is seen one by one.
            return {_spec(filter): self.get_rendition(filter) for filter in filters}

    def _note_failure(self, error: Exception) -> None:
        """Mark the picture for staff, unless the storage as a whole does not answer."""
        logger.warning("Picture %s cannot be shown: %s", self.pk, type(error).__name__)
        if not isinstance(error.__cause__ or error, StorageError) and not self.cannot_be_shown:
            self.cannot_be_shown = True
            type(self).objects.filter(pk=self.pk).update(cannot_be_shown=True)

    def _placeholder(self, filter: Filter | str) -> "CustomRendition":
        spec = _spec(filter)
        width, height = Filter(spec).get_transform(self).size
        rendition = CustomRendition(
            image=self, filter_spec=spec, width=round(width), height=round(height)
        )
        rendition.file.name = NOT_FOUND
        return rendition


def _spec(filter: Filter | str) -> str:
    return filter if isinstance(filter, str) else filter.spec


class CustomRendition(AbstractRendition):
    image = models.ForeignKey(CustomImage, on_delete=models.CASCADE, related_name="renditions")

    class Meta:
        verbose_name = _("image rendition")
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]

    @property
    def is_placeholder(self) -> bool:
        return self.file.name == NOT_FOUND

    @property
    def url(self) -> str:
        """The address of the file, or of what stands in for one that could not be made."""
        address: str = static(PLACEHOLDER) if self.is_placeholder else super().url
        return address
