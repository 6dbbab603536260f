"""The still pictures: hero, story, social card and guide covers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import palette as p
from .layouts import Cell, Lattice, centre_ring
from .rings import Ring
from .weave import woven

SERIF = "font-family:Fraunces,serif;font-variation-settings:'opsz' 72,'SOFT' 50,'WONK' 0"
SANS = "font-family:'Atkinson Hyperlegible Next',sans-serif"


@dataclass(frozen=True)
class Still:
    size: tuple[int, int]
    svg: str


def canvas(size: tuple[int, int], ground: str, *layers: str) -> str:
    width, height = size
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" '
        f'width="{width}" height="{height}"><rect width="{width}" height="{height}" '
        f'fill="{ground}"/>' + "\n".join(layers) + "</svg>"
    )


def on_night(width: float) -> list[p.Strands]:
    """Six bands that stand out on a dark ground."""
    return [
        p.ribbon(p.ORCHID, p.LILAC, width),
        p.corded(p.SEA, p.MIST, width),
        p.twill(p.ORCHID, p.LILAC, width, 64),
        p.ribbon(p.SAND, p.ORCHID, width),
        p.corded(p.ORCHID, p.LILAC, width),
        p.twill(p.TEAL, p.SEA, width, 64),
    ]


def on_paper(width: float) -> list[p.Strands]:
    """Six bands that stand out on a light ground."""
    return [
        p.ribbon(p.PLUM, p.LILAC, width),
        p.corded(p.TEAL, p.SEA, width),
        p.twill(p.PLUM, p.ORCHID, width, 66),
        p.ribbon(p.TEAL, p.MIST, width),
        p.fine(p.PLUM, width),
        p.twill(p.TEAL, p.SEA, width, 66),
    ]


def gold(width: float) -> p.Strands:
    return p.twill(p.MARIGOLD, p.HONEY, width, 60)


def receding(cell: Cell, width: float) -> p.Strands:
    """Bands of the outer shells, quieter the further out."""
    if cell.shell == 2:
        nearer = (
            p.fine(p.ORCHID, width),
            p.ribbon(p.PLUM, p.ORCHID, width),
            p.corded(p.PLUM, p.ORCHID, width),
            p.fine(p.SEA, width),
        )
        return nearer[(cell.q * 2 + cell.r * 3) % 4]
    further = p.fine(p.DUSK, width), p.ribbon(p.SHADE, p.DUSK, width)
    return further[(cell.q + cell.r) % 2]


def gathered(lattice: Lattice) -> list[Ring]:
    """The hero's weave: a bright wreath held by one gold ring, in a receding field."""
    width = lattice.step * 0.16
    near = on_night(width)

    def band_of(cell: Cell) -> p.Strands | None:
        if cell.shell == 0:
            return None
        return near[cell.sixth] if cell.shell == 1 else receding(cell, width)

    middle = centre_ring(lattice.x, lattice.y, lattice.step, gold(width))
    return [*lattice.rings(band_of), middle]


def hero() -> Still:
    size = 1600, 1200
    return Still(size, canvas(size, p.INK, woven(gathered(Lattice(860, 600, 292, 15)))))


def story() -> Still:
    """Rings on their own at the left that come together at the right."""
    size, lattice = (1600, 1067), Lattice(1040, 533, 236, 15)
    width = lattice.step * 0.16
    bands = on_paper(width)
    alone = {(-2, 0): 2, (-2, 2): 1, (-4, 2): 5, (-3, 0): 3, (-4, 4): 0, (-1, -2): 4}
    quiet = p.fine(p.OAT, width), p.ribbon(p.SAND, p.OAT, width)

    def band_of(cell: Cell) -> p.Strands | None:
        if cell.shell == 0:
            return None
        if cell.shell == 1:
            return bands[cell.sixth]
        lit = alone.get((cell.q, cell.r))
        return quiet[(cell.q + cell.r) % 2] if lit is None else bands[lit]

    middle = centre_ring(lattice.x, lattice.y, lattice.step, gold(width))
    return Still(size, canvas(size, p.PAPER, woven([*lattice.rings(band_of), middle])))


def line(x: float, y: float, size: float, style: str, colour: str, words: str) -> str:
    return (
        f'<text x="{x}" y="{y}" font-size="{size}" fill="{colour}" style="{style}">{words}</text>'
    )


def social() -> Still:
    size = 1200, 630
    rings = [ring for ring in gathered(Lattice(930, 320, 166, 15)) if ring.x > 690]
    name = (
        line(76, 290, 76, f"{SERIF};font-weight:560", p.PAPER, "Equity Officer"),
        line(76, 378, 76, f"{SERIF};font-weight:560", p.PAPER, "Collective"),
        f'<rect x="80" y="424" width="72" height="5" fill="{p.MARIGOLD}"/>',
        line(79, 480, 30, SANS, p.LILAC, "The Leadership Academy"),
    )
    return Still(size, canvas(size, p.INK, woven(rings), *name))


@dataclass(frozen=True)
class CoverColours:
    ground: str
    shade: str
    dusk: str
    bright: Sequence[p.Strands]


def cover(
    colours: CoverColours, lit: Sequence[tuple[int, int]], middle: int, *, held: bool
) -> Still:
    """A field of quiet rings with some of them lit: the guides' covers share it.

    `held` adds the gold ring round the middle; without it the last lit ring is gold.
    """
    size, lattice = (1200, 1500), Lattice(middle, 750, 296, 30)
    width = lattice.step * 0.16
    quiet = p.fine(colours.dusk, width), p.ribbon(colours.shade, colours.dusk, width)
    bright = dict(zip(lit, colours.bright, strict=True))

    def band_of(cell: Cell) -> p.Strands | None:
        if held and cell.shell == 0:
            return None
        return bright.get((cell.q, cell.r), quiet[(cell.q + cell.r) % 2])

    rings = lattice.rings(band_of)
    if held:
        rings.append(centre_ring(lattice.x, lattice.y, lattice.step, gold(width)))
    return Still(size, canvas(size, colours.ground, woven(rings)))


def empowering_cover() -> Still:
    """Rings gathered round one: the guide about the officer's own work."""
    width = 296 * 0.16
    bright = [
        p.ribbon(p.SAND, p.ORCHID, width),
        p.corded(p.LILAC, p.PAPER, width),
        p.twill(p.ORCHID, p.LILAC, width, 64),
        p.ribbon(p.LILAC, p.PLUM, width),
        p.corded(p.SAND, p.HONEY, width),
        p.twill(p.ORCHID, p.LILAC, width, 64),
    ]
    lit = [(1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)]
    return cover(CoverColours(p.PLUM, "#6A3880", "#7C4C92", bright), lit, 600, held=True)


def roadmap_cover() -> Still:
    """A way that climbs from ring to ring: the guide to the first few years."""
    width = 296 * 0.16
    bright = [
        p.fine(p.MIST, width),
        p.corded(p.SEA, p.MIST, width),
        p.twill(p.SEA, p.MIST, width, 64),
        p.ribbon(p.MIST, p.TEAL, width),
        p.corded(p.SAND, p.HONEY, width),
        gold(width),
    ]
    lit = [(0, 2), (-1, 2), (-1, 1), (0, 0), (1, -1), (1, -2)]
    return cover(CoverColours(p.TEAL, "#177C7B", "#2C8D8A", bright), lit, 545, held=False)
