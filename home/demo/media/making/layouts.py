"""Where the rings stand: wreaths and lattices in which no point is shared by three."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from .palette import Strands
from .rings import Ring

RING = 0.72
"""Radius of a ring, as a part of the distance between neighbors' middles."""
CENTRE = 0.815
"""Radius of the ring through the wreath's overlaps: clear of the rings beyond the wreath."""
GAP = 0.03


def around(
    x: float, y: float, reach: float, bands: Sequence[Strands], turn: float = 0
) -> list[Ring]:
    """Six rings in a circle, clockwise from the top."""
    step = 2 * math.pi / len(bands)
    angles = [turn - math.pi / 2 + number * step for number in range(len(bands))]
    return [
        Ring(x + reach * math.cos(a), y + reach * math.sin(a), reach * RING, band, reach * GAP)
        for a, band in zip(angles, bands, strict=True)
    ]


def centre_ring(x: float, y: float, reach: float, band: Strands) -> Ring:
    return Ring(x, y, reach * CENTRE, band, reach * GAP)


@dataclass(frozen=True)
class Cell:
    """A place in a hexagonal lattice: steps along its two axes from the middle."""

    q: int
    r: int

    @property
    def shell(self) -> int:
        return max(abs(self.q), abs(self.r), abs(self.q + self.r))

    @property
    def sixth(self) -> int:
        """Which sixth of the circle a cell of the first shell stands in."""
        return ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1)).index((self.q, self.r))


def cells(shells: int) -> Iterator[Cell]:
    span = range(-shells, shells + 1)
    return (cell for cell in (Cell(q, r) for q in span for r in span) if cell.shell <= shells)


@dataclass(frozen=True)
class Lattice:
    x: float
    y: float
    step: float
    tilt: float = 0
    """Degrees, clockwise."""

    def rings(self, band_of: Callable[[Cell], Strands | None], shells: int = 5) -> list[Ring]:
        """One ring for each cell that `band_of` gives a band."""
        placed = ((cell, band_of(cell)) for cell in cells(shells))
        return [
            Ring(*self.place(cell), self.step * RING, band, self.step * GAP)
            for cell, band in placed
            if band is not None
        ]

    def place(self, cell: Cell) -> tuple[float, float]:
        across, down = cell.q + cell.r / 2, cell.r * math.sqrt(3) / 2
        tilt = math.radians(self.tilt)
        return (
            self.x + self.step * (across * math.cos(tilt) - down * math.sin(tilt)),
            self.y + self.step * (across * math.sin(tilt) + down * math.cos(tilt)),
        )
