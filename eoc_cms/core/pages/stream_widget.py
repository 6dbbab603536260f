"""Streams in the editor, whose blocks are described to its script once and not at each opening.

The description says which blocks there are and what each asks for. It is the same for everybody
who reads one language, and takes longer to make than all the rest of a form.
"""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import cached_property
from django.utils.html import escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from wagtail.admin.forms.models import register_form_field_override
from wagtail.blocks import StreamBlock
from wagtail.blocks.base import BlockWidget
from wagtail.fields import StreamField

from eoc_cms.core.caching.remembered import Remembered


@dataclass(frozen=True, kw_only=True)
class Description:
    """A stream's blocks as the editor's script reads them, and the files that this needs."""

    stream: StreamBlock
    context: Any
    json: SafeString


# Until content changes, since a block may offer topics or forms to choose from.
_descriptions = Remembered[Description]()


class StreamWidget(BlockWidget):
    """Wagtail's widget, with the description of its blocks remembered for each language."""

    @property
    def js_context(self) -> Any:
        return self._description.context

    @property
    def block_json(self) -> SafeString:
        return self._description.json

    @cached_property
    def _description(self) -> Description:
        # A block has no hash, so it goes by its number, and another may have had that once.
        key = (id(self.block_def), get_language())
        return _descriptions.get(key, self._describe, is_good=self._is_mine)

    def _describe(self) -> Description:
        plain = BlockWidget(self.block_def)
        # It becomes an attribute, and is most of the form: escaped here, it is so only once.
        json = escape(plain.block_json)
        return Description(stream=self.block_def, context=plain.js_context, json=json)

    def _is_mine(self, found: Description) -> bool:
        return found.stream is self.block_def


def register() -> None:
    register_form_field_override(
        StreamField, override=lambda field: {"widget": StreamWidget(field.stream_block)}
    )
