from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.images import get_image_model

from eoc_cms.core.blocks.base import MEDIA, BlockValue, ContentBlock
from eoc_cms.core.blocks.image_choosers import ReadyImageBlock


class ImageBlock(ContentBlock):
    image = ReadyImageBlock(
        label=_("Picture"),
        help_text=_("Pictures can be opened by anybody who knows their address."),
    )
    caption = blocks.CharBlock(label=_("Caption"), required=False, max_length=300)
    credit = blocks.CharBlock(
        label=_("Credit"),
        required=False,
        max_length=200,
        help_text=_("Leave it empty to show the credit kept with the picture."),
    )

    class Meta:
        icon = "image"
        label = _("Picture")
        group = MEDIA
        description = _("A picture with its caption and credit.")
        template = "blocks/image_block.html"
        preview_template = "previews/image_block.html"

    def get_preview_value(self) -> BlockValue:
        """Show the newest picture of the site; the preview's template stands in for none."""
        return self.normalize(
            {
                "image": get_image_model().objects.order_by("-pk").first(),
                "caption": "Members at the convening in Atlanta",
                "credit": "",
            }
        )
