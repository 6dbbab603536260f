"""Two servers by turns, so that whatever else the machine does meets both."""

from collections.abc import Iterable
from dataclasses import dataclass

from tests.bench.load import Side, Taken, drive, run
from tests.bench.table import Row


@dataclass(frozen=True, kw_only=True)
class Effort:
    """How long everything is measured."""

    rounds: int
    views: int  # rounds of one view, inside a process
    files: int  # rounds of one export
    tiny: int  # requests of a run that costs some hundredths of a millisecond each
    cheap: int
    dear: int
    answers: int
    few_answers: int
    csv_rows: int
    xlsx_rows: int
    catalogue: tuple[int, ...]


FULL = Effort(
    rounds=5,
    views=7,
    files=3,
    tiny=24_000,
    cheap=6_400,
    dear=640,
    answers=1_000_000,
    few_answers=1_000,
    csv_rows=300_000,
    xlsx_rows=100_000,
    catalogue=(10, 1_000, 10_000),
)
QUICK = Effort(
    rounds=3,
    views=3,
    files=1,
    tiny=6_400,
    cheap=960,
    dear=96,
    answers=10_000,
    few_answers=1_000,
    csv_rows=10_000,
    xlsx_rows=5_000,
    catalogue=(10, 300),
)


def beside(
    what: str,
    ours: Side,
    peer: Side,
    *,
    clients: int,
    requests: int,
    rounds: int,
    goal: float,
    is_by_rate: bool = False,
) -> Row:
    """Return a line with the ratio of the CPU of each request, or of how many a second came."""
    sides = (ours, peer)
    for side in sides:
        drive(side, each=4, clients=8)
    ratio_of = _ratio_of_rates if is_by_rate else _ratio_of_costs
    pairs = []
    for _round in range(rounds):
        first, second = (run(side, requests=requests, clients=clients) for side in sides)
        pairs.append((first, second))
    return Row(
        what=what,
        ours=_figures(first for first, _second in pairs),
        peer=_figures(second for _first, second in pairs),
        ratios=tuple(ratio_of(first, second) for first, second in pairs),
        goal=goal,
    )


def _ratio_of_costs(ours: Taken, peer: Taken) -> float:
    return peer.cpu_ms / max(ours.cpu_ms, 1e-6)


def _ratio_of_rates(ours: Taken, peer: Taken) -> float:
    return ours.per_second / peer.per_second


def _figures(found: Iterable[Taken]) -> str:
    ordered = sorted(found, key=lambda taken: taken.cpu_ms)
    middle = ordered[len(ordered) // 2]
    return f"{middle.cpu_ms:.3g} ms, {middle.per_second:,.0f}/s"
