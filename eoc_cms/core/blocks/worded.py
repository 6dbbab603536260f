"""Choices, tick boxes and lists told in words where two versions of a page are compared.

Wagtail shows what is stored: `h2`, `note`, `False`, and the names of a list's fields.
"""

from typing import Any

from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import blocks
from wagtail.admin.compare import BlockComparison, ListBlockComparison, diff_text


class WordsComparison(BlockComparison):
    def htmlvalue(self, val: object) -> SafeString:
        return escape(self.block.in_words(val))

    def htmldiff(self) -> SafeString:
        before, after = self.block.in_words(self.val_a), self.block.in_words(self.val_b)
        html: SafeString = diff_text(before, after).to_html()
        return html


class ChoiceBlock(blocks.ChoiceBlock):
    def in_words(self, value: object) -> str:
        """Return what an editor reads for a choice: itself where it is none any more."""
        for key, label in self.field.choices:
            pairs = label if isinstance(label, list | tuple) else [(key, label)]
            if found := next((words for each, words in pairs if each == value), ""):
                return str(found)
        return str(value or "")

    def get_comparison_class(self) -> type[BlockComparison]:
        return WordsComparison


class BooleanBlock(blocks.BooleanBlock):
    def in_words(self, value: object) -> str:
        return _("yes") if value else _("no")

    def get_comparison_class(self) -> type[BlockComparison]:
        return WordsComparison

    def deconstruct(self) -> Any:
        """Keep this class out of migrations: to them it is Wagtail's own block."""
        _path, args, options = super().deconstruct()
        return "wagtail.blocks.BooleanBlock", args, options


class ListComparison(ListBlockComparison):
    def htmlvalue(self, val: object) -> SafeString:
        """Show a list as when it is compared with itself: each field under its label."""
        html: SafeString = type(self)(self.block, True, True, val, val).htmldiff()
        return html


class ListBlock(blocks.ListBlock):
    def get_comparison_class(self) -> type[BlockComparison]:
        return ListComparison

    def deconstruct(self) -> Any:
        """Keep this class out of migrations: to them it is Wagtail's own block."""
        _path, args, options = super().deconstruct()
        return "wagtail.blocks.ListBlock", args, options
