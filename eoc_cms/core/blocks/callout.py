from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.languages import language_choice
from eoc_cms.core.blocks.worded import ChoiceBlock


class CalloutBlock(ContentBlock):
    tone = ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("important", _("Important")),
            ("success", _("Good news")),
        ],
        default="note",
        search_index=False,
    )
    title = blocks.CharBlock(
        label=_("Title"),
        required=False,
        max_length=120,
        help_text=_("Without one, the kind is shown in its place."),
    )
    text = limited_rich_text(label=_("Text"))
    language = language_choice()

    class Meta:
        icon = "info-circle"
        label = _("Callout")
        group = TEXT
        description = _("A few words that stand apart from the text around them.")
        template = "blocks/callout_block.html"
        preview_value = {
            "tone": "important",
            "title": "Notes may be public",
            "text": "<p>What you write on district paper can be asked for. Leave out names.</p>",
        }
