from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, ContentBlock
from eoc_cms.core.blocks.worded import ListBlock


class StatisticBlock(blocks.StructBlock):
    figure = blocks.CharBlock(
        label=_("Figure"), max_length=20, help_text=_("Such as 48, 3 in 4 or 60%.")
    )
    label = blocks.CharBlock(
        label=_("What it counts"), max_length=160, help_text=_("Such as “districts took part”.")
    )
    source = blocks.CharBlock(
        label=_("Source"), required=False, max_length=200, help_text=_("Who counted, and when.")
    )

    class Meta:
        icon = "decimal"
        label = _("Figure")


class StatisticsBlock(ContentBlock):
    items = ListBlock(StatisticBlock(), label=_("Figures"), min_num=1, max_num=6)

    class Meta:
        icon = "decimal"
        label = _("Figures")
        group = TEXT
        description = _("A few numbers set large, with what they count.")
        template = "blocks/statistics_block.html"
        preview_value = {
            "items": [
                {"figure": "2022", "label": "the year the Collective began", "source": ""},
                {"figure": "2", "label": "guides from its first year", "source": ""},
            ]
        }
