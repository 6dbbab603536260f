"""Where the site speaks English it speaks that of its readers, who are American.

Names in the code, such as `licence` for a column that is released, are nobody's reading.
"""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.source import APPS, PROJECT_DIR, python_files, tree_of

# Beginnings of words, as British English writes them.
BRITISH = re.compile(
    r"\b("
    r"(?:organ|recogn|summar|custom|author|prior|real|special|emphas|apolog|normal|minim|maxim|optim"
    r"|final|visual|util|general|categor|critic|memor|character|standard|personal)is(?:e|ing|ation)"
    r"|(?:col|fav|hon|lab|neighb|behavi|harb|rum|end?eav)our"
    r"|(?:cent|theat|met|lit|fib)re(?:s|d)?\b"
    r"|(?:travel|cancel|label|model|signal|level|fuel|counsel)l(?:ed|ing|ers?|ors?)\b"
    r"|(?:licen|defen|offen)ce"
    r"|(?:mis)?spelt\b|learnt\b|burnt\b|programmes?\b|analys(?:e|ing)\b|judgement|grey\b|postcode"
    r"|whilst\b|amongst\b|cheque|enrolment|skilful|ageing\b|storey|artefact|maths\b"
    r")",
    re.IGNORECASE,
)
CODE = re.compile(r"```.*?```|`[^`]*`|\]\([^)]*\)|<!--.*?-->", re.DOTALL)
MARKUP = re.compile(r"{{.*?}}|{%-?\s*(?!trans|blocktrans).*?%}|<[^>]*>", re.DOTALL)
ATTRIBUTES = re.compile(r"""(?:alt|title|aria-label|content)=["']([^"']*)["']""")
CALLS = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "pgettext"}
VALUES = re.compile(r'"((?:[^"\\]|\\.)*)"')

DOCUMENTS = [*sorted(PROJECT_DIR.glob("*.md")), *sorted((PROJECT_DIR / "docs").rglob("*.md"))]
TEMPLATES = [
    path
    for app in APPS
    for kind in ("html", "txt")
    for path in sorted((PROJECT_DIR / app).rglob(f"templates/**/*.{kind}"))
]
CONTENT = sorted((PROJECT_DIR / "home" / "demo" / "content").glob("*.toml"))


def name_of(path: Path) -> str:
    return str(path.relative_to(PROJECT_DIR))


def british(words: str) -> list[str]:
    return [found[0] for found in BRITISH.finditer(words)]


def words_of(path: Path) -> Iterator[str]:
    """Yield what a module hands to be translated."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Call) and ast.unparse(node.func) in CALLS:
            yield from (
                str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)
            )


@pytest.mark.parametrize("path", python_files(), ids=name_of)
def test_words_of_the_code_are_american(path: Path) -> None:
    assert [found for words in words_of(path) for found in british(words)] == []


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_words_of_templates_are_american(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    said = [MARKUP.sub(" ", text), *ATTRIBUTES.findall(text)]
    assert [found for words in said for found in british(MARKUP.sub(" ", words))] == []


@pytest.mark.parametrize("path", DOCUMENTS, ids=name_of)
def test_words_of_the_documentation_are_american(path: Path) -> None:
    assert british(CODE.sub(" ", path.read_text(encoding="utf-8"))) == []


@pytest.mark.parametrize("path", CONTENT, ids=name_of)
def test_words_of_the_demo_are_american(path: Path) -> None:
    said = VALUES.findall(path.read_text(encoding="utf-8"))
    # A value of one small word is a name in the code.
    assert [found for words in said if " " in words for found in british(words)] == []


def test_british_words_are_found() -> None:
    text = "The organisation's licence, its programmes and colours; cancelled, spelt, recognised."
    assert len(british(text)) == 7
    assert british("Organization, license, programs, colors, promise, otherwise, practice") == []
