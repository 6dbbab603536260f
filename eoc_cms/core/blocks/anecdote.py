from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import GUIDANCE, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.languages import language_choice
from eoc_cms.core.blocks.worded import BooleanBlock


class AnecdoteBlock(ContentBlock):
    text = limited_rich_text(label=_("Story"))
    role = blocks.CharBlock(
        label=_("Told by"),
        max_length=120,
        help_text=_("A role and no name, such as “Equity officer, urban district”."),
    )
    is_sample = BooleanBlock(
        label=_("Sample"),
        required=False,
        help_text=_("Tick it when the story was written as an example and nobody told it."),
    )
    language = language_choice()

    class Meta:
        icon = "openquote"
        label = _("Anecdote")
        group = GUIDANCE
        description = _("A short true story told by somebody in a role, never by name.")
        template = "blocks/anecdote_block.html"
        preview_value = {
            "text": "<p>I had answered the question she asked. It was not the one she had.</p>",
            "role": "Equity officer, suburban district",
            "is_sample": True,
        }
