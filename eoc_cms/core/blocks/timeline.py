from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.worded import ListBlock


class TimelineItemBlock(blocks.StructBlock):
    date = blocks.CharBlock(
        label=_("When"), max_length=60, help_text=_("In words, such as “February 2022”.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    text = limited_rich_text(label=_("Text"), required=False)

    class Meta:
        icon = "date"
        label = _("Moment")


class TimelineBlock(ContentBlock):
    items = ListBlock(TimelineItemBlock(), label=_("Moments"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        group = TEXT
        description = _("What happened, in order, the earliest first.")
        template = "blocks/timeline_block.html"
        preview_value = {
            "items": [
                {
                    "date": "February 2022",
                    "title": "The Collective is launched",
                    "text": "<p>The Leadership Academy brings equity officers together.</p>",
                },
                {
                    "date": "The first year",
                    "title": "Knowledge becomes guidance",
                    "text": "<p>Two guides lead the way.</p>",
                },
            ]
        }
