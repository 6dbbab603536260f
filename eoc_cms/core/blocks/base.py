"""What all blocks share: their groups in the chooser, their preview, their rich text."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

GUIDANCE = _("Guidance")
TEXT = _("Text")
MEDIA = _("Pictures, video and files")
ACTION = _("Ways onward")

# No headings: those come from the heading block, so that their order can be kept.
TEXT_FEATURES = ["bold", "italic", "link", "document-link", "ol", "ul"]
PREVIEW_TEMPLATE = "previews/block_preview.html"

Context = dict[str, object]
# Wagtail's StructValue: what it holds under each name, only the block of that name knows.
BlockValue = Mapping[str, Any]


class ContentBlock(blocks.StructBlock):
    """A block that editors choose from the list, with a preview there."""

    class Meta:
        preview_template = PREVIEW_TEMPLATE

    def heading_of(self, value: BlockValue) -> tuple[str, int] | None:
        """Override for blocks that open a part of the page: the part's name, and how deep it is.

        Depth 0 is a part, 1 a part of a part.
        """
        return None


def limited_rich_text(**options: object) -> blocks.RichTextBlock:
    """Return a rich text field with the few features that never break a page's design."""
    return blocks.RichTextBlock(**{"features": TEXT_FEATURES, **options})


def title_level(context: Context) -> int:
    """Return the heading level that fits where a block stands; the stream sets it."""
    level = context.get("title_level", 2)
    return level if isinstance(level, int) else 2
