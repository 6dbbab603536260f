from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.worded import ListBlock


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = limited_rich_text(label=_("Text"))

    class Meta:
        icon = "collapse-down"
        label = _("Part")


class AccordionBlock(ContentBlock):
    items = ListBlock(AccordionItemBlock(), label=_("Parts"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Fold-out parts")
        group = TEXT
        description = _("Titles that open to show their text, such as questions and answers.")
        template = "blocks/accordion_block.html"
        preview_value = {
            "items": [
                {"title": "Who may join?", "text": "<p>Whoever leads equity work.</p>"},
                {"title": "What does it cost?", "text": "<p>Nothing.</p>"},
            ]
        }
