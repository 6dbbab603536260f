"""The sample clip: six rings drift together and a seventh is woven through them."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace

from . import palette as p
from .layouts import GAP, RING, centre_ring
from .rings import Ring
from .stills import SANS, SERIF, canvas, gold, line, on_night
from .weave import woven

SIZE = 1280, 720
RATE = 25
SECONDS = 12
POSTER_SECOND = 7.6
MIDDLE = 905, 360
REACH = 188
FADE = 0.45
SEVENTH_STARTS = math.radians(-122.5)
"""Where the golden ring comes out from under another, so that its start is not seen."""


@dataclass(frozen=True)
class Beat:
    """One title, from `start` to `end` in seconds, and what is seen meanwhile."""

    start: float
    end: float
    title: tuple[str, ...]
    words: tuple[str, ...]
    seen: str

    def shown(self, second: float) -> float:
        rising = smooth((second - self.start) / FADE)
        falling = 1 if self.end >= SECONDS else smooth((self.end - second) / FADE)
        return min(rising, falling)


BEATS = (
    Beat(
        0.4,
        4.2,
        ("Equity Officer", "Collective"),
        ("The Leadership Academy,", "launched February 2022"),
        "Sample clip, no sound. Six rings drift in and overlap in a circle.",
    ),
    Beat(
        4.4,
        8.0,
        ("The members’", "convening"),
        ("In Atlanta, hosted by", "Atlanta Public Schools"),
        "A seventh, golden ring is woven through the six and holds them together.",
    ),
    Beat(
        8.2,
        12.0,
        ("Sample clip",),
        ("The film of the members’", "convening in Atlanta will", "take its place here."),
        "The seven rings come to rest, woven together.",
    ),
)


def smooth(part: float) -> float:
    part = max(0.0, min(1.0, part))
    return part * part * (3 - 2 * part)


def settle(part: float) -> float:
    """Fast at first, then gently to rest."""
    return 1 - (1 - max(0.0, min(1.0, part))) ** 3


def turned(second: float) -> float:
    """How far the whole has turned; it is at rest once the golden ring is closed."""
    return math.radians(16) * settle(second / 7.4)


def drifting(second: float) -> list[Ring]:
    """The six rings, each a little after the last.

    Those on the left come from above and below, so that none passes behind a title.
    """
    rings = []
    turn = turned(second)
    for number, band in enumerate(on_night(REACH * 0.16)):
        far = 1 - settle((second - 0.1 * number) / 3.9)
        angle = turn - math.pi / 2 + number * math.pi / 3
        across = REACH * (1 + far * (2.4 if math.cos(angle) > 0 else 0.1))
        down = REACH * (1 + far * 3.8)
        x, y = MIDDLE[0] + across * math.cos(angle), MIDDLE[1] + down * math.sin(angle)
        rings.append(Ring(x, y, REACH * RING, band, REACH * GAP, start=turn))
    return rings


def laid(ring: int, other: int, entering: bool, depth: int) -> bool:
    """Say which band is on top: each of the six lies on the next; the seventh weaves.

    Fixed for the six, so that nothing flips while they move.
    """
    if 6 in (ring, other):
        return entering == (depth % 2 == 0)
    return (other - ring) % 6 in (1, 2)


def rings_at(second: float) -> str:
    turn = turned(second)
    middle = replace(
        centre_ring(*MIDDLE, REACH, gold(REACH * 0.16)),
        sweep=smooth((second - 4.5) / 2.7),
        start=turn + SEVENTH_STARTS,
    )
    return woven([*drifting(second), middle], laid)


def titles_at(second: float) -> Iterator[str]:
    for beat in BEATS:
        shown = beat.shown(second)
        if shown <= 0:
            continue
        top = 352 - 33 * len(beat.title) - 8 * len(beat.words)
        rise = 10 * (1 - smooth((second - beat.start) / FADE))
        yield f'<g opacity="{shown:.3f}" transform="translate(0 {rise:.2f})">'
        for row, words in enumerate(beat.title):
            yield line(80, top + 70 * row, 64, f"{SERIF};font-weight:560", p.PAPER, words)
        top += 70 * len(beat.title) - 30
        yield f'<rect x="83" y="{top}" width="64" height="4" fill="{p.MARIGOLD}"/>'
        for row, words in enumerate(beat.words):
            yield line(82, top + 56 + 40 * row, 29, SANS, p.MIST, words)
        yield "</g>"


def label(second: float) -> str:
    """Say what the clip is, until the last title says it."""
    words = line(104, 647, 21, f"{SANS};font-weight:600", p.HONEY, "Sample clip")
    return (
        f'<g opacity="{1 - BEATS[-1].shown(second):.3f}"><rect x="82" y="622" width="152" '
        f'height="38" rx="19" fill="none" stroke="{p.MARIGOLD}" stroke-width="2"/>{words}</g>'
    )


def frame(second: float) -> str:
    return canvas(SIZE, p.INK, rings_at(second), *titles_at(second), label(second))


def frames() -> list[str]:
    return [frame(number / RATE) for number in range(SECONDS * RATE)]


def _stamp(second: float) -> str:
    return f"00:00:{second:06.3f}"


def captions() -> str:
    """WebVTT cues that say what is seen and what the titles say."""
    cues = ["WEBVTT", "NOTE The clip has no sound; these captions describe it."]
    for beat in BEATS:
        said = f"{' '.join(beat.title)}. {' '.join(beat.words)}".rstrip(".") + "."
        cues.append(f"{_stamp(beat.start)} --> {_stamp(beat.end)}\n[{beat.seen}]\n{said}")
    return "\n\n".join(cues) + "\n"
