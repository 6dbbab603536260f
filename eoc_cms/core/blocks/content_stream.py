"""Blocks in a row, each told where in the page's outline it stands.

Editors move blocks about, so no block can know its own heading level. The
stream gives it: a block's title is one level below the heading it follows, and
no level is ever skipped (WCAG 2.2, 1.3.1; axe `heading-order`).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

from django.utils.text import slugify
from wagtail import blocks

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.left_out import noting

DEEPEST_LEVEL = 6


class StreamChild(Protocol):
    """What Wagtail's streams hold: a block bound to its value."""

    @property
    def block(self) -> object: ...

    @property
    def block_type(self) -> str: ...

    @property
    def value(self) -> object: ...

    def render_as_block(self, context: Context | None = None) -> str: ...


@dataclass(frozen=True)
class PlacedBlock:
    """A block of a stream, the level of its title, and, for a heading, its anchor and words."""

    block: StreamChild
    title_level: int
    anchor: str = ""
    heading: str = ""

    def render_as_block(self, context: Context | None = None) -> str:
        """Return what the block shows, for `include_block`; nothing where it cannot be shown."""
        try:
            return self.block.render_as_block(context)
        except Exception as error:
            # Whatever one block stumbles over, the page goes on without it.
            noting.note(noting.BLOCK, self.block.block_type, because_of=error)
            return ""


def place_blocks(stream: Sequence[StreamChild] | None, *, top_level: int = 2) -> list[PlacedBlock]:
    """Return the stream's blocks in order; those with an anchor make the page's contents."""
    placed = []
    used: set[str] = set()
    current = top_level - 1
    for child, heading in _read(stream or ()):
        level = min(current + 1, DEEPEST_LEVEL)
        if heading is None:
            placed.append(PlacedBlock(child, level))
            continue
        text, depth = heading
        current = min(level, top_level + depth)
        placed.append(PlacedBlock(child, current, _unused_anchor(text, used), text))
    return placed


def _read(stream: Sequence[StreamChild]) -> Iterator[tuple[StreamChild, tuple[str, int] | None]]:
    """Yield each block with what it says of its heading, without those that cannot be read."""
    for place in range(len(stream)):
        try:
            child = stream[place]
            heading_of = getattr(child.block, "heading_of", None)
            heading = heading_of(child.value) if heading_of else None
        except Exception as error:
            noting.note(noting.BLOCK, "", because_of=error)
        else:
            yield child, heading


def _unused_anchor(text: str, used: set[str]) -> str:
    base = anchor = slugify(text, allow_unicode=True) or "part"
    count = 1
    while anchor in used:
        count += 1
        anchor = f"{base}-{count}"
    used.add(anchor)
    return anchor


class ContentStreamBlock(blocks.StreamBlock):
    """A stream whose blocks stand side by side in the page, without a wrapper each.

    `top_level` in the context is the level of its first headings; 2 unless told.
    """

    class Meta:
        template = "blocks/content_stream_block.html"

    def get_context(
        self, value: Sequence[StreamChild], parent_context: Context | None = None
    ) -> Context:
        context = super().get_context(value, parent_context)
        context["placed_blocks"] = place_blocks(value, top_level=context.get("top_level", 2))
        return context
