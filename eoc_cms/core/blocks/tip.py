from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import GUIDANCE, ContentBlock, limited_rich_text


class TipBlock(ContentBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = limited_rich_text(label=_("Text"))

    class Meta:
        icon = "tick-inverse"
        label = _("Tip")
        group = GUIDANCE
        description = _("Something small that readers can do this week.")
        template = "blocks/tip_block.html"
        preview_value = {
            "title": "Ask before you answer",
            "text": "<p>“What would you want to see on Monday?” buys you a minute and a fact.</p>",
        }
