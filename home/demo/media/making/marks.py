"""The logo: three rings, no two of them linked, that cannot be parted (Borromean rings)."""

from __future__ import annotations

import math

from . import palette as p
from .rings import Ring
from .weave import woven

ON_LIGHT = p.PLUM, p.TEAL, p.MARIGOLD
ON_DARK = p.LILAC, p.SEA, p.MARIGOLD


def three_rings(x: float, y: float, size: float, colours: tuple[str, str, str]) -> str:
    """Draw the mark in a square of `size` centered on a point."""
    unit = size / 24
    places = (-90, 30, 150)
    rings = [
        Ring(
            x + 5 * unit * math.cos(math.radians(place)),
            y + unit * (1.25 + 5 * math.sin(math.radians(place))),
            6.4 * unit,
            p.solid(colour, 2.2 * unit),
            gap=0.85 * unit,
        )
        for place, colour in zip(places, colours, strict=True)
    ]
    return woven(rings)


def mark(colours: tuple[str, str, str]) -> str:
    drawn = three_rings(12, 12, 24, colours)
    return f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24">\n{drawn}\n</svg>\n'


def icon(corner: float) -> str:
    """The mark on a tile of its own, so that it shows on any browser's colors."""
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">\n'
        f'<rect width="32" height="32" rx="{corner}" fill="{p.INK}"/>\n'
        f"{three_rings(16, 16, 25.5, ON_DARK)}\n</svg>\n"
    )


def sized(svg: str, side: int) -> str:
    return svg.replace("<svg ", f'<svg width="{side}" height="{side}" ', 1)
