"""The words of a page, as the site search keeps them: the same on SQLite and on PostgreSQL.

The two databases cut text into words in ways of their own. To PostgreSQL “and/or” is the
name of a file, “K-12” holds the number -12, and “é” is not “e”; to SQLite they are plain
words. So the index is given bare words, in small letters and without accents, which both
can only read in one way. See docs/how-search-works.md.
"""

import re
import unicodedata
from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from wagtail.blocks import Block, ChooserBlock, ListBlock, StreamBlock, StructBlock
from wagtail.fields import StreamField
from wagtail.images.blocks import ImageBlock
from wagtail.search import index

from eoc_cms.core.blocks.document_link import DocumentLinkBlock

APOSTROPHES = str.maketrans("", "", "'’")
LETTERS = re.compile(r"[^\W_]+")
# PostgreSQL refuses to index a page whose different words make more than a megabyte.
# This is about 35,000 words, a talk of four hours.
MAX_LETTERS = 200_000
MAX_WORD_LENGTH = 60
# Parts of blocks that nobody reads as text: an address, and what to do at a button.
NOT_READ = {"url", "button_label"}
# The words of a link to a file show only as long as anyone may open the file.
BLOCKS_NOT_READ = (ChooserBlock, DocumentLinkBlock, ImageBlock)


def fold(text: str) -> str:
    """Return a text in small letters, without accents and apostrophes."""
    if text.isascii():
        return text.lower().translate(APOSTROPHES)
    plain = unicodedata.normalize("NFKD", text).casefold().translate(APOSTROPHES)
    letters = unicodedata.normalize("NFKD", plain)
    kept = "".join(letter for letter in letters if not unicodedata.combining(letter))
    return unicodedata.normalize("NFC", kept)


def words_of(text: str) -> list[str]:
    return [word[:MAX_WORD_LENGTH] for word in LETTERS.findall(fold(text))]


class SearchText(index.SearchField):
    """A field whose words visitors can read and search for.

    Each of its words counts `boost` times, so a word of a summary weighs more than
    one of the text, on either database.
    """

    def read(self, page: Model) -> list[str]:
        """Return the field's text in pieces, with their accents and capitals."""
        field = self.get_field(type(page))
        if isinstance(field, StreamField):
            pieces = stream_text(field.value_from_object(page))
        else:
            value = super().get_value(page) or ""
            pieces = [value] if isinstance(value, str) else list(value)
        cleaned = [" ".join(piece.split()) for piece in pieces]
        return [piece for piece in cleaned if piece]

    def get_value(self, obj: Model) -> str:
        """Return what goes into the index."""
        words = " ".join(words_of(" ".join(self.read(obj))))
        return " ".join([words[:MAX_LETTERS]] * int(self.boost or 1))


def stream_text(value: Any) -> list[str]:
    """Return the text of a stream's blocks, those within blocks too, in reading order.

    Unlike Wagtail's own `get_searchable_content`, it looks up no picture, page or file.
    """
    return list(_read(value.stream_block, value.raw_data))


def _read(block: Block, raw: Any) -> Iterator[str]:
    if raw is None or isinstance(block, BLOCKS_NOT_READ):
        return
    if isinstance(block, StreamBlock):
        for child in raw:
            if child["type"] in block.child_blocks:
                yield from _read(block.child_blocks[child["type"]], child["value"])
    elif isinstance(block, StructBlock):
        for name, part in block.child_blocks.items():
            if name not in NOT_READ:
                yield from _read(part, raw.get(name))
    elif isinstance(block, ListBlock):
        for item in raw:
            # Older values of a list stand bare, without a type and an id of their own.
            is_wrapped = isinstance(item, dict) and item.get("type") == "item"
            yield from _read(block.child_block, item["value"] if is_wrapped else item)
    else:
        yield from block.get_searchable_content(block.to_python(raw))
