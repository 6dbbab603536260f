from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import GUIDANCE, ContentBlock, limited_rich_text


class ReflectionBlock(ContentBlock):
    title = blocks.CharBlock(label=_("Title"), required=False, max_length=120)
    text = limited_rich_text(label=_("Text"))

    class Meta:
        icon = "view"
        label = _("Guiding reflection")
        group = GUIDANCE
        description = _("A thought to stay with. On paper it gets lines to write on.")
        template = "blocks/reflection_block.html"
        preview_value = {
            "title": "Heat and weight are different things",
            "text": "<p>Count people rather than messages, and note what each of them does.</p>",
        }
