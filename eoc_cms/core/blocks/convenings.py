from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, BlockValue, ContentBlock, Context, limited_rich_text
from eoc_cms.core.blocks.page_links import visible_page_url
from eoc_cms.core.blocks.worded import ListBlock


class ConveningBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=160)
    date = blocks.CharBlock(
        label=_("When"), required=False, max_length=60, help_text=_("In words, such as “May 2024”.")
    )
    place = blocks.CharBlock(label=_("Where"), required=False, max_length=120)
    host = blocks.CharBlock(
        label=_("Hosted by"), required=False, max_length=120, help_text=_("An organization.")
    )
    text = limited_rich_text(label=_("Text"), required=False)
    page = blocks.PageChooserBlock(
        label=_("Page to read or watch more"),
        required=False,
        help_text=_("Such as the video of it, or the form to sign up."),
    )

    class Meta:
        icon = "calendar-alt"
        label = _("Convening")


class ConveningsBlock(ContentBlock):
    items = ListBlock(ConveningBlock(), label=_("Convenings"), min_num=1)

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context: Context = super().get_context(value, parent_context=parent_context)
        context["convenings"] = [
            {"convening": item, "url": visible_page_url(item["page"], context)}
            for item in value["items"]
        ]
        return context

    class Meta:
        icon = "calendar-alt"
        label = _("Convenings")
        group = TEXT
        description = _("Meetings of the members: when, where, hosted by whom, and more to see.")
        template = "blocks/convenings_block.html"
        preview_value = {
            "items": [
                {
                    "title": "The members’ convening",
                    "date": "",
                    "place": "Atlanta",
                    "host": "Atlanta Public Schools",
                    "text": "<p>A short video tells of it.</p>",
                    "page": None,
                }
            ]
        }
