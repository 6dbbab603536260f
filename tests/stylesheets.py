"""Style sheets as a browser reads them: their rules in order, and the names they select."""

import posixpath
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import tinycss2

from eoc_cms.settings.env import PROJECT_DIR

STATIC = PROJECT_DIR / "eoc_cms" / "static"
LINKED = sorted((STATIC / "eoc" / "css").glob("*.css"))
PARTS = sorted((STATIC / "eoc" / "css").glob("*/*.css"))
ADMIN = sorted((STATIC / "eoc" / "admin").glob("*.css"))

HOLD_RULES = {"container", "layer", "media", "supports"}
URL = re.compile(r'url\("([^"]+)"\)')
COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
HASH = re.compile(r"\.[0-9a-f]{12}(?=\.\w+$)")


@dataclass(frozen=True)
class Rule:
    """One rule: the layers and conditions around it, its selector or name, and what it says."""

    inside: tuple[str, ...]
    head: str
    says: str


def rules_of(name: str, folder: Path, inside: tuple[str, ...] = ()) -> Iterator[Rule]:
    """Give the rules of a sheet and of what it imports, in the order in which they count.

    What a rule loads is named from `folder`, by the name it has in the sources.
    """
    css = (folder / name).read_text(encoding="utf-8")
    for inside_too, node in _rules(_nodes_of(css), inside):
        if getattr(node, "lower_at_keyword", "") == "import":
            path, *layer = (token for token in node.prelude if token.type != "whitespace")
            around = (*inside_too, *(f"@layer {_text(token.arguments)}" for token in layer))
            yield from rules_of(_beside(name, path.value), folder, around)
        else:
            yield Rule(inside_too, _head(node), _aimed(name, _text(node.content or ())))


def imports_of(sheet: Path) -> list[Path]:
    """Return the files that a sheet imports itself."""
    imports = [
        node
        for node in _nodes_of(sheet.read_text(encoding="utf-8"))
        if node.type == "at-rule" and node.lower_at_keyword == "import"
    ]
    strings = (token for node in imports for token in node.prelude if token.type == "string")
    return [sheet.parent / token.value for token in strings]


def names_of(css: str) -> set[str]:
    """Return every class and id that the selectors ask for, as `.card` and `#content`."""
    rules = (node for _, node in _rules(_nodes_of(css), ()) if node.type == "qualified-rule")
    return {name for node in rules for name in _names_in_rule(node)}


def _nodes_of(css: str) -> list[Any]:
    return _without_errors(tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True))


def _without_errors(nodes: list[Any]) -> list[Any]:
    errors = [f"{node.message} (line {node.source_line})" for node in nodes if node.type == "error"]
    assert errors == []
    return nodes


def _rules(nodes: list[Any], inside: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    for node in nodes:
        if node.type == "at-rule" and node.content and node.lower_at_keyword in HOLD_RULES:
            held = tinycss2.parse_rule_list(node.content, skip_comments=True, skip_whitespace=True)
            yield from _rules(_without_errors(held), (*inside, _head(node)))
        else:
            yield inside, node


def _names_in_rule(node: Any) -> Iterator[str]:
    yield from _names(node.prelude)
    for nested in tinycss2.parse_blocks_contents(node.content):
        if nested.type == "qualified-rule":
            yield from _names_in_rule(nested)


def _names(tokens: Iterable[Any]) -> Iterator[str]:
    before = ""
    for token in tokens:
        if token.type == "function":  # such as `:is(.card, .guide)`
            yield from _names(token.arguments)
        elif token.type == "hash":
            yield f"#{token.value}"
        elif token.type == "ident" and before == ".":
            yield f".{token.value}"
        before = token.value if token.type == "literal" else ""


def _head(node: Any) -> str:
    keyword = f"@{node.lower_at_keyword} " if node.type == "at-rule" else ""
    return keyword + _text(node.prelude)


def _text(tokens: Iterable[Any]) -> str:
    """Write tokens without comments, and with a blank wherever the source has any space."""
    return " ".join(COMMENT.sub("", tinycss2.serialize(list(tokens))).split())


def _aimed(sheet: str, text: str) -> str:
    return URL.sub(lambda found: f"url({HASH.sub('', _beside(sheet, found[1]))})", text)


def _beside(sheet: str, address: str) -> str:
    return posixpath.normpath(posixpath.join(posixpath.dirname(sheet), address))
