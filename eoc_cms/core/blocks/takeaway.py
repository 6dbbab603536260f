from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import GUIDANCE, ContentBlock


class TakeawayBlock(ContentBlock):
    text = blocks.TextBlock(
        label=_("Takeaway"), max_length=400, rows=3, help_text=_("One or two sentences.")
    )

    class Meta:
        icon = "pick"
        label = _("Key takeaway")
        group = GUIDANCE
        description = _("The sentence readers should remember.")
        template = "blocks/takeaway_block.html"
        preview_value = {
            "text": "Sort before you answer. The same words can be a question or a refusal."
        }
