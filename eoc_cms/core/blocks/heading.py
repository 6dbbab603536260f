from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, BlockValue, ContentBlock, Context
from eoc_cms.core.blocks.worded import ChoiceBlock


class HeadingBlock(ContentBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=160)
    level = ChoiceBlock(
        label=_("Kind"),
        choices=[("h2", _("Starts a part of the page")), ("h3", _("Starts a part of a part"))],
        default="h2",
        search_index=False,
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        group = TEXT
        description = _("Starts a part of the page. It can be linked to by adding # and its words.")
        template = "blocks/heading_block.html"
        label_format = _("Heading: {text}")
        preview_value = {"text": "How the guides are made", "level": "h2"}

    def heading_of(self, value: BlockValue) -> tuple[str, int] | None:
        return (value["text"], int(value["level"] == "h3")) if value["text"] else None

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        context["anchor"] = context.get("anchor") or slugify(value["text"], allow_unicode=True)
        return context
