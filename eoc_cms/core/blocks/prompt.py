from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import GUIDANCE, ContentBlock
from eoc_cms.core.blocks.worded import ListBlock


class PromptBlock(ContentBlock):
    prompts = ListBlock(
        blocks.TextBlock(label=_("Prompt"), rows=2, max_length=600),
        label=_("Prompts"),
        min_num=1,
    )

    class Meta:
        icon = "edit"
        label = _("Prompts")
        group = GUIDANCE
        description = _("One or more questions for readers to answer in writing.")
        template = "blocks/prompt_block.html"
        preview_value = {
            "prompts": [
                "Write down the exact words you heard last.",
                "Whose silence needs a call this week?",
            ]
        }
