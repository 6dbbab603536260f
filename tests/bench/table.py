"""One table for all: what was measured, ours, the peer's, the ratio, its goal, whether it is met.

A ratio is the peer's cost by ours, so that 1.0 is equal and more is better.
"""

import statistics
from dataclasses import dataclass

HEADS = ("what", "ours", "peer", "min", "median", "max", "goal", "met")
WIDTHS = (64, 20, 20, 6, 6, 6, 8, 4)


@dataclass(frozen=True, kw_only=True)
class Row:
    """One line; one without ratios says in its name why it was not measured."""

    what: str
    ours: str = ""
    peer: str = ""
    ratios: tuple[float, ...] = ()
    goal: float = 0.0
    # A limit that is no ratio: it is shown beside the figure, and no reason to fail.
    limit: str = ""

    @property
    def ratio(self) -> float:
        return statistics.median(self.ratios)

    @property
    def is_missed(self) -> bool:
        return bool(self.ratios) and self.ratio < self.goal

    def cells(self) -> tuple[str, ...]:
        if not self.ratios:
            return (self.what, self.ours, self.peer, "", "", "", self.limit, "–")
        ratios = map(_short, (min(self.ratios), self.ratio, max(self.ratios)))
        goal = f"{self.goal:.2f}" if self.goal else "–"
        met = ("no" if self.is_missed else "yes") if self.goal else "–"
        return (self.what, self.ours, self.peer, *ratios, goal, met)


class Table:
    """Prints each line as soon as it is known."""

    def __init__(self) -> None:
        self.rows: list[Row] = []

    def begin(self) -> None:
        print(_line(HEADS), _line(tuple("-" * width for width in WIDTHS)), sep="\n", flush=True)

    def add(self, *rows: Row) -> None:
        self.rows += rows
        for row in rows:
            print(_line(row.cells()), flush=True)

    def end(self) -> int:
        """Say how many goals were missed, and return the exit status."""
        missed = [row for row in self.rows if row.is_missed]
        print(f"\n{len(self.rows)} lines, {len(missed)} goals missed")
        return 1 if missed else 0


def _short(ratio: float) -> str:
    return f"{ratio:.2f}" if ratio < 100 else f"{ratio:.0f}"


def _line(cells: tuple[str, ...]) -> str:
    first, *rest = zip(cells, WIDTHS, strict=True)
    return " | ".join([first[0].ljust(first[1]), *(cell.rjust(width) for cell, width in rest)])
