"""The project's colors, a few tints of them, and the bands that rings are made of."""

from __future__ import annotations

from .rings import Strand

PAPER = "#FBF7F0"
INK = "#2A1A3E"
PLUM = "#5B2A6F"
MARIGOLD = "#F2A71B"
TEAL = "#0B6E6E"

SAND = "#F3E7D3"
OAT = "#E6D5BA"
SHADE = "#3D2656"
DUSK = "#4B2F66"
LILAC = "#C7AFD6"
ORCHID = "#8E5FA3"
HONEY = "#F9D58A"
SEA = "#63B5AE"
MIST = "#BFE0DA"

Strands = tuple[Strand, ...]


def solid(colour: str, width: float) -> Strands:
    return (Strand(0, width, colour),)


def ribbon(colour: str, edge: str, width: float) -> Strands:
    """A broad band with a thread just inside each edge."""
    thread = width * 0.055
    step = width * 0.36
    return (Strand(0, width, colour), Strand(-step, thread, edge), Strand(step, thread, edge))


def corded(outer: str, middle: str, width: float) -> Strands:
    """Three equal cords lying side by side."""
    cord = width * 0.27
    step = (width - cord) / 2
    return (Strand(-step, cord, outer), Strand(0, cord, middle), Strand(step, cord, outer))


def twill(colour: str, weft: str, width: float, bars: int) -> Strands:
    """A broad band with a slanting weave along its middle."""
    return (Strand(0, width, colour), Strand(0, width * 0.56, weft, bars))


def fine(colour: str, width: float) -> Strands:
    """Five thin threads."""
    thread = width * 0.1
    step = (width - thread) / 4
    return tuple(Strand(step * place, thread, colour) for place in (-2, -1, 0, 1, 2))
