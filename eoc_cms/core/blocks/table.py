from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock

from eoc_cms.core.blocks.base import TEXT, BlockValue, ContentBlock, limited_rich_text
from eoc_cms.core.blocks.worded import BooleanBlock


class TableBlock(ContentBlock):
    table = TypedTableBlock(
        [
            ("text", blocks.CharBlock(label=_("Plain text"), required=False)),
            ("rich_text", limited_rich_text(label=_("Text with links"), required=False)),
        ],
        label=_("Table"),
        help_text=_("Give the table a caption, and every column a heading."),
    )
    has_row_headings = BooleanBlock(label=_("The first column names the rows"), required=False)

    class Meta:
        icon = "table"
        label = _("Table")
        group = TEXT
        description = _("Rows and columns with headings, for things that are compared.")
        template = "blocks/table_block.html"
        preview_value = {
            "table": {
                "caption": "Who attends",
                "columns": [
                    {"type": "text", "heading": "Session"},
                    {"type": "text", "heading": "For"},
                ],
                "rows": [
                    {"values": ["Opening", "Everybody"]},
                    {"values": ["Workshop", "First-year officers"]},
                ],
            },
            "has_row_headings": True,
        }

    def clean(self, value: BlockValue) -> BlockValue:
        """Refuse a table that a screen reader could not make sense of (WCAG 2.2, 1.3.1)."""
        cleaned = super().clean(value)
        if self.is_deferred_validation:
            return cleaned
        table = cleaned["table"]
        errors = []
        if not table.columns or not table.row_data:
            errors.append(_("Add at least one column and one row."))
        if not table.caption.strip():
            errors.append(_("Give the table a caption that says what it shows."))
        if not all(column["heading"].strip() for column in table.columns):
            errors.append(_("Give every column a heading."))
        if errors:
            raise StructBlockValidationError(non_block_errors=errors)
        return cleaned
