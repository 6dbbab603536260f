"""The class names and ids that templates, scripts and Python code can give to an element.

They are read from where markup is made, so a word in a sentence, a comment or a script
that only looks for an element keeps no selector alive. A name with a hole in it, such as
`cover--{{ seed }}`, stands for all that could fill it.
"""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

HOLE = "\0"
NAME = r"[\w-]+"

COMMENT = re.compile(r"\{#.*?#\}|\{% comment.*?endcomment %\}", re.DOTALL)
TAG = re.compile(r"\{%.*?%\}", re.DOTALL)
VALUE = re.compile(r"\{\{.*?\}\}", re.DOTALL)
ATTRIBUTE = re.compile(r"\b(class|id)=([\"'])(.*?)\2", re.DOTALL)
# Given to an included template or to a tag: {% include "icon.html" with class="big" %}.
GIVEN_TO_TAG = re.compile(r"\bclass(?:name)?=([\"'])(.*?)\1")
# What a template puts into a block inside the attribute: {% block body_class %}.
CLASS_BLOCK = re.compile(r"\{% block \w*class\w* %\}(.*?)\{% endblock", re.DOTALL)
SET_BY_SCRIPT = re.compile(
    r"\.(className|id) = ([\"'`])(.*?)\2|\.(classList)\.\w+\(([\"'`])(.*?)\5", re.DOTALL
)
SET_BY_PYTHON = {"class", "classname"}
GIVES_CLASSES = ("_class", "_classname")


class Names:
    """A set of names, of which some have holes."""

    def __init__(self, names: Iterable[str]) -> None:
        names = set(names)
        self.whole = {name for name in names if HOLE not in name}
        # A name with no letter of its own is given by whoever fills its holes.
        self.with_holes = [
            re.compile(re.escape(name).replace(HOLE, NAME))
            for name in names - self.whole
            if any(letter.isalpha() for letter in name)
        ]

    def __contains__(self, name: str) -> bool:
        return name in self.whole or any(pattern.fullmatch(name) for pattern in self.with_holes)


def names_in(files: Iterable[Path]) -> Iterator[str]:
    """Give the names in those of the files that are templates, scripts or Python code."""
    readers = {".html": in_template, ".js": in_script, ".py": in_python}
    for file in files:
        if reader := readers.get(file.suffix):
            yield from reader(file.read_text(encoding="utf-8"))


def in_template(text: str) -> Iterator[str]:
    """Give the names of a template, with the classes it hands on to tags and blocks."""
    text = COMMENT.sub("", text)
    for tag in TAG.findall(text):
        for _quote, value in GIVEN_TO_TAG.findall(tag):
            yield from _dotted(value)
    for value in CLASS_BLOCK.findall(text):
        yield from _dotted(TAG.sub("", value))
    yield from _in_markup(TAG.sub("", VALUE.sub(HOLE, text)))


def in_script(text: str) -> Iterator[str]:
    """Give the names that a script sets; those it looks for make no element."""
    for found in SET_BY_SCRIPT.finditer(text):
        value = re.sub(r"\$\{.*?\}", HOLE, found[3] or found[6])
        yield from _dotted(value, "#" if found[1] == "id" else ".")


def in_python(text: str) -> Iterator[str]:
    """Give the names in markup, in `class` and `classname`, and in what a `…_class` holds."""
    for node in ast.walk(ast.parse(text)):
        yield from _in_markup(_string(node))
        for part in _classes_of(node):
            yield from _dotted(_string(part))


def _classes_of(node: ast.AST) -> Iterator[ast.AST]:
    match node:
        case ast.keyword(arg=str(name), value=value) if name in SET_BY_PYTHON:
            yield from ast.walk(value)
        case ast.Dict(keys=keys, values=values):
            for key, value in zip(keys, values, strict=True):
                if isinstance(key, ast.Constant) and key.value in SET_BY_PYTHON:
                    yield from ast.walk(value)
        case ast.Assign(targets=[ast.Name(id=str(name))], value=value):
            if name.endswith(GIVES_CLASSES):
                yield from ast.walk(value)
        case ast.FunctionDef(name=name) if name.endswith(GIVES_CLASSES):
            for statement in ast.walk(node):
                if isinstance(statement, ast.Return) and statement.value:
                    yield from ast.walk(statement.value)


def _string(node: ast.AST) -> str:
    if isinstance(node, ast.JoinedStr):
        return "".join(_string(part) or HOLE for part in node.values)
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""


def _in_markup(text: str) -> Iterator[str]:
    for attribute, _quote, value in ATTRIBUTE.findall(text):
        yield from _dotted(value, "#" if attribute == "id" else ".")


def _dotted(value: str, mark: str = ".") -> Iterator[str]:
    return (mark + name for name in value.split())
