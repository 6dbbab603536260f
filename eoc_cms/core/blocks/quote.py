from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock
from eoc_cms.core.blocks.languages import language_choice


class QuoteBlock(ContentBlock):
    quote = blocks.TextBlock(
        label=_("Quote"), rows=3, max_length=600, help_text=_("Without quotation marks.")
    )
    attribution = blocks.CharBlock(
        label=_("Said by"),
        required=False,
        max_length=160,
        help_text=_("A name or a role, and where it was said."),
    )
    language = language_choice()

    class Meta:
        icon = "openquote"
        label = _("Quote")
        group = TEXT
        description = _("Somebody's words, set large.")
        template = "blocks/quote_block.html"
        preview_value = {
            "quote": "Nobody down the hall has the same job.",
            "attribution": "Equity officer",
        }
