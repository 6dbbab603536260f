"""What the pages of a PDF hold: text, which is read aloud, or something in its place."""

import time
from dataclasses import dataclass

import pikepdf

# Enough to tell a scan from a text, however long the file.
MOST_PAGES = 50
MOST_SECONDS = 5.0
# A page number or a stamp on a scan is no text to read.
LEAST_TEXT_BYTES = 20
SHOWS_TEXT = {"Tj", "TJ", "'", '"'}
INLINE_PICTURE = "INLINE IMAGE"
LOOKED_FOR = " ".join([*SHOWS_TEXT, "Do", "BI", "ID", "EI"])


@dataclass(kw_only=True)
class PagesSeen:
    """How many pages could be read, and of how many this is the most that can be said."""

    read: int = 0
    with_text: int = 0
    of_fields: int = 0
    of_pictures: int = 0


@dataclass(kw_only=True)
class Shown:
    """What one page shows, with each form that is drawn on it counted once."""

    text_bytes: int = 0
    has_picture: bool = False

    @property
    def has_text(self) -> bool:
        return self.text_bytes >= LEAST_TEXT_BYTES


def look_at_pages(pdf: pikepdf.Pdf) -> PagesSeen:
    """Return what the first pages hold; those that cannot be read are left out."""
    seen = PagesSeen()
    until = time.monotonic() + MOST_SECONDS
    for page in pdf.pages[:MOST_PAGES]:
        if time.monotonic() > until:
            break
        _add(page, seen)
    return seen


def _add(page: pikepdf.Page, seen: PagesSeen) -> None:
    shown = Shown()
    try:
        _look(page, page.resources, shown, drawn=set())
        is_of_fields = has_fields(page)
    except Exception:  # A damaged page fails in more ways than pikepdf has names for.
        return
    seen.read += 1
    if shown.has_text:
        seen.with_text += 1
    elif is_of_fields:
        seen.of_fields += 1
    elif shown.has_picture:
        seen.of_pictures += 1


def has_fields(page: pikepdf.Page) -> bool:
    """Say whether a page has fields to fill in (ISO 32000-1, 12.5.6.19)."""
    return any(note.get("/Subtype") == "/Widget" for note in page.obj.get("/Annots", ()))


def _look(
    content: pikepdf.Page | pikepdf.Object,
    resources: pikepdf.Object,
    shown: Shown,
    *,
    drawn: set[tuple[int, int]],
) -> None:
    """Look at a page, or a form drawn on it, until there is text enough."""
    for step in pikepdf.parse_content_stream(content, LOOKED_FOR):
        operator = str(step.operator)
        if operator in SHOWS_TEXT:
            shown.text_bytes += sum(_length(operand) for operand in step.operands)
        elif operator == INLINE_PICTURE:
            shown.has_picture = True
        elif operator == "Do":
            _look_at_drawn(resources.XObject[str(step.operands[0])], shown, drawn)
        if shown.has_text:
            return


def _look_at_drawn(thing: pikepdf.Object, shown: Shown, drawn: set[tuple[int, int]]) -> None:
    if thing.get("/Subtype") == "/Image":
        shown.has_picture = True
    elif thing.get("/Subtype") == "/Form" and thing.objgen not in drawn:
        drawn.add(thing.objgen)
        _look(thing, thing.get("/Resources", pikepdf.Dictionary()), shown, drawn=drawn)


def _length(operand: object) -> int:
    if isinstance(operand, pikepdf.Array):
        return sum(_length(item) for item in operand)
    return len(bytes(operand)) if isinstance(operand, pikepdf.String) else 0
