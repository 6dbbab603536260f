"""What we lean on that nobody promises is still there, and all of it is on the list.

After an upgrade, the sentence of a failing test says what to look at. For something new, add it
to `leanings.toml` with the reason, or to `DOCUMENTED` if the package's documentation shows it.
"""

import ast
import re
from collections.abc import Callable, Iterator
from inspect import Parameter, isfunction, signature
from pathlib import Path

import pytest

from tests.rules.leaning import (
    DOCUMENTED_NAMES,
    LIST,
    OTHERS,
    Leaning,
    Words,
    foreign_bases,
    found,
    has,
    is_documented,
    is_private,
    leanings,
    our_classes,
    set_by,
    text_of,
    words,
    written_in,
)
from tests.source import APPS, PROJECT_DIR, python_files, tree_of

LEANINGS, WORDS = leanings(), words()
LISTED = {leaning.path for leaning in LEANINGS}
NAMES = {leaning.name for leaning in LEANINGS}
FILES = python_files(*APPS, "deploy")
# What metaclasses and Django read of every class; naming it overrides nothing.
NOT_OVERRIDING = {"Meta", "objects"}


# --- All of it is there ------------------------------------------------------------


@pytest.mark.parametrize("leaning", LEANINGS, ids=lambda leaning: leaning.path)
def test_what_we_lean_on_is_there(leaning: Leaning) -> None:
    try:
        owner = found(leaning.owner)
    except (ImportError, AttributeError):
        pytest.fail(leaning.advice)
    assert has(owner, leaning.name), leaning.advice


@pytest.mark.parametrize("entry", WORDS, ids=lambda entry: f"{entry.words} in {entry.file}")
def test_words_that_we_lean_on_stand_where_they_stood(entry: Words) -> None:
    assert entry.words in text_of(entry.file), entry.advice


def test_list_names_nothing_twice_and_leads_to_files_of_ours() -> None:
    assert len(LISTED) == len(LEANINGS)
    entries: list[Leaning | Words] = [*LEANINGS, *WORDS]
    assert [entry for entry in entries if not (PROJECT_DIR / entry.ours).is_file()] == []
    assert [entry for entry in entries if len(entry.why) < 15] == []


def test_list_names_nothing_that_we_no_longer_use() -> None:
    used = set(re.findall(r"\w+", "\n".join(path.read_text(encoding="utf-8") for path in FILES)))
    assert sorted(NAMES - used) == []


# --- All of it is on the list ------------------------------------------------------


def private_attributes(path: Path) -> Iterator[tuple[int, str]]:
    """Yield the line and name of each private attribute that a file takes from elsewhere."""
    own = {
        name
        for node in ast.walk(tree_of(path))
        for name in (
            *written_by(node),
            *(written_in(node) if isinstance(node, ast.ClassDef) else ()),
        )
    }
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.Attribute) and is_private(node.attr) and node.attr not in own:
            is_inherited = ast.unparse(node.value) in {"self", "cls", "super()"}
            if not (is_inherited and node.attr in OURS):
                yield node.lineno, node.attr
        if isinstance(node, ast.ImportFrom | ast.Import):
            parts = [getattr(node, "module", None) or "", *(alias.name for alias in node.names)]
            inside = [name for part in parts for name in part.split(".") if is_private(name)]
            yield from ((node.lineno, name) for name in inside)


def written_by(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.FunctionDef | ast.ClassDef):
        yield node.name
    if isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
        yield node.id


OURS = {name for path in FILES for node in ast.walk(tree_of(path)) for name in written_by(node)}


def test_private_names_of_others_are_on_the_list() -> None:
    in_words = {name for entry in WORDS for name in re.findall(r"\b_\w+", entry.words)}
    allowed = NAMES | DOCUMENTED_NAMES | in_words
    taken = [
        f"{path.relative_to(PROJECT_DIR)}:{line} {name}"
        for path in FILES
        for line, name in private_attributes(path)
        if name not in allowed
    ]
    assert taken == [], f"use what is public, or add it with the reason to {LIST.name}"


def test_imports_from_undocumented_modules_are_on_the_list() -> None:
    known = LISTED | {leaning.owner for leaning in LEANINGS}
    taken = {name for path in FILES for name in undocumented_imports(path)}
    assert sorted(taken - known) == [], f"add it with the reason to {LIST.name}"


def undocumented_imports(path: Path) -> Iterator[str]:
    for node in outside_type_checking(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and (node.module or "").partition(".")[0] in OTHERS:
            for alias in node.names:
                name = f"{node.module}.{alias.name}"
                if not is_documented(node.module or "") and not is_documented(name):
                    yield name


def outside_type_checking(tree: ast.Module) -> Iterator[ast.AST]:
    for node in tree.body:
        if not (isinstance(node, ast.If) and ast.unparse(node.test) == "TYPE_CHECKING"):
            yield from ast.walk(node)


def overridden() -> Iterator[tuple[str, set[str]]]:
    """Yield what our classes override, and under which names the list may have it.

    That is every private name of a base, and every name of a base that is not documented.
    """
    for owner, node in our_classes():
        bases = foreign_bases(owner)
        for name in {*written_in(node)} - NOT_OVERRIDING:
            if name.startswith("__"):
                continue
            having = [base for base in bases if name in vars(base) or name in set_by(base)]
            if having and (is_private(name) or not is_documented(having[0].__module__)):
                paths = {f"{base.__module__}.{base.__qualname__}.{name}" for base in bases}
                yield f"{owner.__module__}.{owner.__qualname__}.{name}", paths


def test_what_our_classes_override_of_undocumented_ones_is_on_the_list() -> None:
    missing = {ours: sorted(paths) for ours, paths in overridden() if not paths & LISTED}
    assert missing == {}, f"add it with the reason to {LIST.name}"


def test_methods_of_ours_take_what_those_they_override_are_handed() -> None:
    narrower = [
        f"{owner.__module__}.{owner.__qualname__}.{name}"
        for owner, node in our_classes()
        for name in {*written_in(node)} - {"__init__"}
        for base in foreign_bases(owner)
        if isfunction(vars(base).get(name)) and isfunction(vars(owner).get(name))
        if not takes(vars(owner)[name], vars(base)[name])
    ]
    assert narrower == []


def takes(ours: Callable[..., object], theirs: Callable[..., object]) -> bool:
    """Say whether our method can be called with what the other one must be handed."""
    handed = signature(theirs).parameters.values()
    if any(each.kind in (Parameter.VAR_POSITIONAL, Parameter.VAR_KEYWORD) for each in handed):
        return True  # It does not say what it is handed.
    needed = [each for each in handed if each.default is each.empty]
    by_name = {each.name: None for each in needed if each.kind is each.KEYWORD_ONLY}
    try:
        signature(ours).bind(*(each for each in needed if each.name not in by_name), **by_name)
    except TypeError:
        return False
    return True


def patches(path: Path) -> Iterator[str]:
    """Yield each attribute of an imported module or class of others that a file sets."""
    theirs = set(names_of_others(tree_of(path)))
    for node in ast.walk(tree_of(path)):
        target: ast.expr | None = None
        if isinstance(node, ast.Attribute) and not isinstance(node.ctx, ast.Load):
            target = node.value
        elif isinstance(node, ast.Call) and ast.unparse(node.func) == "setattr":
            target = node.args[0]
        if target is not None and ast.unparse(target).partition(".")[0] in theirs:
            yield f"{path.relative_to(PROJECT_DIR)}:{target.lineno} {ast.unparse(node)}"


def names_of_others(tree: ast.Module) -> Iterator[str]:
    """Yield what a file calls the modules, classes and functions of others that it imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            for alias in node.names:
                module = alias.name if isinstance(node, ast.Import) else node.module or ""
                if module.partition(".")[0] in OTHERS:
                    yield alias.asname or alias.name.partition(".")[0]


def test_nothing_of_others_is_patched() -> None:
    assert [patch for path in FILES for patch in patches(path)] == []
