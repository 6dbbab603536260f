"""Set a stream of blocks as a publication sets its text: in sections, each under its heading.

Editors place blocks one after the other. On a wide screen the heading of a section stands
beside what belongs to it, so the template needs to know where one section ends.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from django import template

from eoc_cms.core.blocks import place_blocks
from eoc_cms.core.blocks.content_stream import PlacedBlock, StreamChild

register = template.Library()

SECTION_LEVEL = 2
# These lead on from the page as a whole and belong to no section.
STANDING_ALONE = {"call_to_action", "form_link"}


@dataclass(kw_only=True)
class Section:
    """A heading with the blocks under it; `parts` are those that open with a smaller heading."""

    heading: PlacedBlock | None = None
    blocks: list[PlacedBlock] = field(default_factory=list)
    parts: list[list[PlacedBlock]] = field(default_factory=list)
    stands_alone: bool = False

    def add(self, placed: PlacedBlock) -> None:
        if placed.heading:
            self.parts.append([placed])
        else:
            (self.parts[-1] if self.parts else self.blocks).append(placed)


@register.simple_tag
def sections_of(stream: Sequence[StreamChild] | None) -> list[Section]:
    """Return the sections of a stream, in order, with no block left out."""
    sections: list[Section] = []
    for placed in place_blocks(stream):
        if placed.block.block_type in STANDING_ALONE:
            sections.append(Section(blocks=[placed], stands_alone=True))
        elif placed.heading and placed.title_level <= SECTION_LEVEL:
            sections.append(_opened_by(placed))
        else:
            if not sections or sections[-1].stands_alone:
                sections.append(Section())
            sections[-1].add(placed)
    return sections


def _opened_by(placed: PlacedBlock) -> Section:
    # A core question keeps its heading within its own design.
    if placed.block.block_type == "heading":
        return Section(heading=placed)
    return Section(blocks=[placed])


@register.simple_tag
def contents_of(stream: Sequence[StreamChild] | None) -> list[PlacedBlock]:
    """Return the sections of a stream that a list of contents can link to."""
    placed = place_blocks(stream)
    return [each for each in placed if each.heading and each.title_level <= SECTION_LEVEL]
