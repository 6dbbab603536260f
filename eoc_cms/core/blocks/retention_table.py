from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import TEXT, BlockValue, ContentBlock, Context
from eoc_cms.core.kept_data import all_kept


class RetentionTableBlock(ContentBlock):
    """For the privacy page: made from the settings each time, so that it cannot become untrue."""

    caption = blocks.CharBlock(
        label=_("Caption"), max_length=120, default=_("What we keep, why, and for how long")
    )

    class Meta:
        icon = "time"
        label = _("What is kept, and for how long")
        group = TEXT
        description = _("A table that fills itself from the forms and settings, so it stays true.")
        template = "blocks/retention_table_block.html"
        preview_value = {"caption": "What we keep, why, and for how long"}

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        return {**super().get_context(value, parent_context), "kept": all_kept()}
