from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """What came of one road: its name, whether it is closed, and one plain sentence."""

    road: str
    is_closed: bool
    sentence: str


def judge(road: str, *, trouble: str, closed: str) -> Finding:
    """Make the finding of a road: closed, unless there is trouble to tell of."""
    return Finding(road, not trouble, trouble or closed)
