"""The shape of a guide, and the demo's two guides read into it.

One text feeds both the web page and the typeset PDF, so the two cannot differ.
"""

from dataclasses import dataclass
from pathlib import Path

from home.demo.content.reader import FOLDER, read_file

GUIDE_FILES = ("empowering-equity-officers.toml", "roadmap-for-the-first-few-years.toml")


@dataclass(frozen=True)
class TitledText:
    """A reflection or a tip: a short title and what it says."""

    title: str
    text: str


@dataclass(frozen=True)
class Anecdote:
    """A first-person account, attributed by role and never by name.

    `sample` is true for accounts written for the demo, which must be shown as such.
    """

    role: str
    text: str
    sample: bool


@dataclass(frozen=True)
class CoreQuestion:
    """One of a guide's three core questions with everything that belongs to it."""

    phase: str
    question: str
    introduction: tuple[str, ...]
    prompts: tuple[str, ...]
    reflections: tuple[TitledText, ...]
    anecdotes: tuple[Anecdote, ...]
    tips: tuple[TitledText, ...]
    takeaway: str


@dataclass(frozen=True)
class Closing:
    """The last pages of a guide."""

    title: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class Guide:
    """A guide's text; `excerpt` is taken from it and stands open before the gate."""

    slug: str
    title: str
    short_title: str
    subtitle: str
    summary: str
    search_description: str
    audiences: tuple[str, ...]
    topics: tuple[str, ...]
    edition: str
    licence: str
    authors: str
    motif: str
    whats_inside: tuple[str, ...]
    excerpt: tuple[str, ...]
    introduction: tuple[str, ...]
    how_to_use: tuple[str, ...]
    questions: tuple[CoreQuestion, ...]
    closing: Closing


def load_guides(folder: Path = FOLDER) -> list[Guide]:
    """Read the demo's guides, in the order in which they are shown.

    Raises ContentError naming the file and the key that is missing or wrong.
    """
    return [read_file(Guide, folder / name) for name in GUIDE_FILES]
