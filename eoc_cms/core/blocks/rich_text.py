from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from eoc_cms.core.blocks.base import PREVIEW_TEMPLATE, TEXT, TEXT_FEATURES


class RichTextBlock(blocks.RichTextBlock):
    def __init__(self, **options: object) -> None:
        super().__init__(**{"features": TEXT_FEATURES, **options})

    def deconstruct(self) -> tuple[str, list[object], dict[str, object]]:
        """Keep this class out of migrations: to them it is Wagtail's own block."""
        _path, args, options = super().deconstruct()
        return "wagtail.blocks.RichTextBlock", list(args), options

    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs and lists, with links.")
        template = "blocks/rich_text_block.html"
        preview_template = PREVIEW_TEMPLATE
        preview_value = (
            "<p>Equity officers do complex work, and many do it <b>alone</b>.</p>"
            "<ul><li>The Collective brings them together.</li>"
            "<li>It puts what they know into guidance.</li></ul>"
        )
