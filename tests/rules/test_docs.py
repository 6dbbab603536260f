"""Every link and picture in the documentation leads somewhere, and nothing stands twice."""

import re
from pathlib import Path

import pytest

from tests.source import PROJECT_DIR

DOCUMENTS = [*sorted(PROJECT_DIR.glob("*.md")), *sorted((PROJECT_DIR / "docs").rglob("*.md"))]
LINK = re.compile(r"\]\(([^)#\s]+)(?:#[^)]*)?\)")
README = PROJECT_DIR / "README.md"
LONGEST_README = 70  # lines: it must stay true
LONG_PARAGRAPH = 80


def name_of(document: Path) -> str:
    return str(document.relative_to(PROJECT_DIR))


def targets(document: Path) -> list[Path]:
    links = LINK.findall(document.read_text(encoding="utf-8"))
    return [(document.parent / link).resolve() for link in links if "://" not in link]


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_every_link_leads_somewhere(document: Path) -> None:
    assert [target for target in targets(document) if not target.exists()] == []


def test_every_picture_is_shown_somewhere() -> None:
    shown = {target for document in DOCUMENTS for target in targets(document)}
    pictures = set((PROJECT_DIR / "docs" / "images").rglob("*.png"))
    assert pictures
    assert pictures - shown == set()


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_no_paragraph_stands_twice(document: Path) -> None:
    parts = [" ".join(part.split()) for part in document.read_text(encoding="utf-8").split("\n\n")]
    long_ones = [part for part in parts if len(part) > LONG_PARAGRAPH]
    assert [part for part in long_ones if long_ones.count(part) > 1] == []


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached: set[Path] = set()
    waiting = [README]
    while waiting:
        document = waiting.pop()
        reached.add(document)
        waiting += [found for found in targets(document) if found in DOCUMENTS]
        waiting = [found for found in waiting if found not in reached]
    decisions = PROJECT_DIR / "docs" / "decisions"
    assert [each for each in DOCUMENTS if each not in reached and each.parent != decisions] == []


def test_the_readme_stays_short() -> None:
    assert len(README.read_text(encoding="utf-8").splitlines()) <= LONGEST_README
