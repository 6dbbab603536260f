from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.addresses import AddressBlock
from eoc_cms.core.blocks.base import TEXT, ContentBlock
from eoc_cms.core.blocks.image_choosers import ReadyImageChooserBlock
from eoc_cms.core.blocks.worded import ListBlock


class PartnerBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Organization"), max_length=120)
    role = blocks.CharBlock(
        label=_("What it does for the Collective"), required=False, max_length=160
    )
    url = AddressBlock(label=_("Its website"), required=False)
    logo = ReadyImageChooserBlock(
        label=_("Logo"), required=False, help_text=_("On a light or see-through ground.")
    )

    class Meta:
        icon = "group"
        label = _("Organization")


class PartnersBlock(ContentBlock):
    items = ListBlock(PartnerBlock(), label=_("Organizations"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Partners and funders")
        group = TEXT
        description = _("Organizations that run, host or pay for the work, with their logos.")
        template = "blocks/partners_block.html"
        preview_value = {
            "items": [
                {
                    "name": "The Leadership Academy",
                    "role": "Launched the Collective and runs it",
                    "url": "",
                    "logo": None,
                },
                {
                    "name": "Atlanta Public Schools",
                    "role": "Host of the members’ convening",
                    "url": "",
                    "logo": None,
                },
            ]
        }
