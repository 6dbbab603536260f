from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.image_choosers import ReadyImageChooserBlock
from eoc_cms.core.blocks.worded import ListBlock


class PersonBlock(blocks.StructBlock):
    name = blocks.CharBlock(
        label=_("Name"),
        max_length=120,
        help_text=_("A name, or a role where no name should be shown."),
    )
    role = blocks.CharBlock(label=_("Role"), required=False, max_length=160)
    text = limited_rich_text(label=_("Text"), required=False)
    image = ReadyImageChooserBlock(
        label=_("Portrait"), required=False, help_text=_("Shown as a circle.")
    )

    class Meta:
        icon = "user"
        label = _("Person")


class PeopleBlock(ContentBlock):
    items = ListBlock(PersonBlock(), label=_("People"), min_num=1)

    class Meta:
        icon = "group"
        label = _("People")
        group = TEXT
        description = _("People or roles, each with a few words and a portrait if there is one.")
        template = "blocks/people_block.html"
        preview_value = {
            "items": [
                {"name": "Equity officer", "role": "Urban district", "text": "", "image": None},
                {"name": "Superintendent", "role": "Rural district", "text": "", "image": None},
            ]
        }
