"""Rings, where they cross, and which of two lies on top."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

TURN = 2 * math.pi
SLIVER = 0.001
"""Radians. Bands that only touch are taken to meet this far to each side of the touch."""
Point = tuple[float, float]


@dataclass(frozen=True)
class Strand:
    """One line of a band: its middle's distance from the ring's radius, and its look.

    With `ticks` above 0 the strand is that many slanting bars instead of one line.
    """

    offset: float
    width: float
    colour: str
    ticks: int = 0


@dataclass(frozen=True)
class Ring:
    x: float
    y: float
    radius: float
    strands: tuple[Strand, ...]
    gap: float = 8
    sweep: float = 1
    """How much of the ring is drawn, from 0 to 1, clockwise from `start`."""
    start: float = -math.pi / 2

    @property
    def half_width(self) -> float:
        return max(abs(s.offset) + s.width / 2 for s in self.strands)

    def at(self, angle: float, radius: float) -> Point:
        return self.x + radius * math.cos(angle), self.y + radius * math.sin(angle)

    def holds(self, point: Point) -> bool:
        return math.dist((self.x, self.y), point) < self.radius

    def reaches(self, angle: float) -> bool:
        return self.sweep >= 1 or (angle - self.start) % TURN <= self.sweep * TURN


@dataclass(frozen=True)
class Crossing:
    """A place where `ring` goes under `over`; `entering` its disc as angles grow."""

    ring: Ring
    over: Ring
    angle: float
    entering: bool

    def gap_at(self, radius: float) -> tuple[float, float]:
        """Angles between which a strand of this radius is hidden."""
        halo = self.over.half_width + self.over.gap
        edges = (self.over.radius + halo, self.over.radius - halo)
        first, last = edges if self.entering else edges[::-1]
        return self._meets(radius, first), self._meets(radius, last)

    def _meets(self, radius: float, edge: float) -> float:
        dx, dy = self.over.x - self.ring.x, self.over.y - self.ring.y
        apart = math.hypot(dx, dy)
        cosine = (apart**2 + radius**2 - edge**2) / (2 * apart * radius)
        spread = max(math.acos(max(-1.0, min(1.0, cosine))), SLIVER)
        return math.atan2(dy, dx) + (-spread if self.entering else spread)


Order = Callable[[int, int, bool, int], bool]


def alternating(_ring: int, _other: int, entering: bool, depth: int) -> bool:
    """Say whether a ring goes over where it enters or leaves another's disc.

    `depth` counts the other discs over that point. Going round any ring, `depth`
    changes by one from each crossing to the next, so over and under take turns.
    """
    return entering == (depth % 2 == 0)


def meeting_angles(ring: Ring, other: Ring) -> Iterator[tuple[float, bool]]:
    """Yield where bands meet; where only their edges do, the two places are nearly one."""
    apart = math.dist((ring.x, ring.y), (other.x, other.y))
    reach = ring.radius + ring.half_width + other.radius + other.half_width + other.gap
    if not abs(ring.radius - other.radius) < apart < reach:
        return
    towards = math.atan2(other.y - ring.y, other.x - ring.x)
    cosine = (apart**2 + ring.radius**2 - other.radius**2) / (2 * apart * ring.radius)
    spread = max(math.acos(min(1.0, cosine)), SLIVER)
    yield towards - spread, True
    yield towards + spread, False


def crossings_under(rings: Sequence[Ring], index: int, order: Order) -> list[Crossing]:
    ring, found = rings[index], []
    for number, other in enumerate(rings):
        if number == index:
            continue
        for angle, entering in meeting_angles(ring, other):
            point = ring.at(angle, ring.radius)
            depth = sum(r.holds(point) for k, r in enumerate(rings) if k not in (index, number))
            there = math.atan2(point[1] - other.y, point[0] - other.x)
            if not order(index, number, entering, depth) and other.reaches(there):
                found.append(Crossing(ring, other, angle, entering))
    return sorted(found, key=lambda crossing: crossing.angle % TURN)
