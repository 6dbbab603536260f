"""Rings that pass over and under one another, as plain filled SVG paths.

A ring is a band of strands. Where two bands cross, the strands of the lower one
stop short of the upper one, so the gaps are truly empty: the same drawing sits
on any ground and needs no masks, ids or filters.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

from .rings import (
    SLIVER,
    TURN,
    Crossing,
    Order,
    Point,
    Ring,
    Strand,
    alternating,
    crossings_under,
)


def _number(value: float) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".")


def _to(point: Point) -> str:
    return f"{_number(point[0])} {_number(point[1])}"


def _arc(radius: float, end: Point, *, clockwise: bool) -> str:
    size = _number(radius)
    return f"A{size} {size} 0 0 {clockwise:d} {_to(end)}"


def _along(ring: Ring, radius: float, start: float, span: float) -> str:
    """Go round part of a ring, in two halves: one long arc's middle would be ill-defined."""
    stops = (start + span / 2, start + span)
    return "".join(_arc(radius, ring.at(stop, radius), clockwise=span > 0) for stop in stops)


def _cap(crossing: Crossing | None, start: Point, end: Point) -> str:
    """Close a strand's end along the edge of the band that hides it."""
    if crossing is None:
        return f"L{_to(end)}"
    over = crossing.over
    radius = math.dist((over.x, over.y), end)
    turn = (start[0] - over.x) * (end[1] - over.y) - (start[1] - over.y) * (end[0] - over.x)
    return _arc(radius, end, clockwise=turn > 0)


@dataclass(frozen=True)
class Edge:
    """Where a piece of strand starts or stops: its outer and its inner angle."""

    outer: float
    inner: float
    crossing: Crossing | None = None


def _piece(ring: Ring, radii: tuple[float, float], first: Edge, last: Edge) -> str:
    inner, outer = radii
    a, b = ring.at(first.outer, outer), ring.at(last.outer, outer)
    c, d = ring.at(last.inner, inner), ring.at(first.inner, inner)
    span_out = (last.outer - first.outer) % TURN
    span_in = (last.inner - first.inner) % TURN
    if span_out < 3 * SLIVER:
        return ""
    start = f"M{_to(a)}" + _along(ring, outer, first.outer, span_out)
    if span_in < 3 * SLIVER:  # only the strand's outer edge comes out from under the band
        return start + _cap(last.crossing, b, a) + "Z"
    if span_in > TURN - 3 * SLIVER:  # only its outer edge goes under
        return start + _cap(last.crossing, b, a) + "Z" + _circle(ring, inner)
    back = _cap(last.crossing, b, c) + _along(ring, inner, last.inner, -span_in)
    return start + back + _cap(first.crossing, d, a) + "Z"


def _circle(ring: Ring, radius: float) -> str:
    return f"M{_to(ring.at(0, radius))}{_along(ring, radius, 0, TURN)}Z"


def _whole(ring: Ring, radii: tuple[float, float]) -> str:
    return _circle(ring, radii[0]) + _circle(ring, radii[1])


def _edges(ring: Ring, radii: tuple[float, float], under: list[Crossing]) -> list[Edge]:
    """Ends of all pieces in the order they come round: start, stop, start, stop."""
    inner, outer = radii
    edges: list[Edge] = []
    for crossing in under:
        if not ring.reaches(crossing.angle):
            continue
        hidden_out, hidden_in = crossing.gap_at(outer), crossing.gap_at(inner)
        if hidden_out[0] == hidden_out[1] and hidden_in[0] == hidden_in[1]:
            continue
        edges += [Edge(o, i, crossing) for o, i in zip(hidden_out, hidden_in, strict=True)]
    return _unfinished(ring, edges) if ring.sweep < 1 else edges[1:] + edges[:1]


def _unfinished(ring: Ring, edges: list[Edge]) -> list[Edge]:
    """Keep the ends that the strand has come past, and end it where it has come to."""
    tip = ring.start + ring.sweep * TURN

    def along(edge: Edge) -> float:
        return max((edge.outer - ring.start) % TURN, (edge.inner - ring.start) % TURN)

    passed = sorted((e for e in edges if along(e) < ring.sweep * TURN), key=along)
    hidden = len(passed) % 2 == 1
    return [Edge(ring.start, ring.start), *passed, *([] if hidden else [Edge(tip, tip)])]


def strand_path(ring: Ring, strand: Strand, under: list[Crossing]) -> str:
    middle = ring.radius + strand.offset
    radii = middle - strand.width / 2, middle + strand.width / 2
    if strand.ticks:
        return _ticks(ring, radii, strand.ticks, under)
    edges = _edges(ring, radii, under)
    if not edges:
        return _whole(ring, radii)
    pairs = zip(edges[::2], edges[1::2], strict=True)
    return "".join(_piece(ring, radii, a, b) for a, b in pairs)


def _ticks(ring: Ring, radii: tuple[float, float], count: int, under: list[Crossing]) -> str:
    """Slanting bars all the way round, leaving out those that would touch a gap."""
    middle, pieces = sum(radii) / 2, []
    half = TURN / count * 0.27
    slant = (radii[1] - radii[0]) / middle * 0.3
    reach = half + slant
    gaps = [crossing.gap_at(radius) for crossing in under for radius in radii]
    for number in range(count):
        angle = ring.start + (number + 0.5) * TURN / count
        hidden = any((angle + reach - a) % TURN < (b - a) % TURN + 2 * reach for a, b in gaps)
        if ring.reaches(angle + reach) and not hidden:
            first = Edge(angle - half + slant, angle - half - slant)
            last = Edge(angle + half + slant, angle + half - slant)
            pieces.append(_piece(ring, radii, first, last))
    return "".join(pieces)


def woven(rings: Sequence[Ring], order: Order = alternating) -> str:
    """Draw all rings, woven, as SVG path elements."""
    paths = []
    for index, ring in enumerate(rings):
        under = crossings_under(rings, index, order)
        for strand in ring.strands if ring.sweep > 0 else ():
            drawn = strand_path(ring, strand, under)
            paths.append(f'<path fill="{strand.colour}" fill-rule="evenodd" d="{drawn}"/>')
    return "\n".join(paths)
