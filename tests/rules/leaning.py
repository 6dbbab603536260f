"""Read what we lean on: the list in leanings.toml, and what our code uses of others."""

import ast
import inspect
import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.source import APPS, PROJECT_DIR, module_name, python_files, tree_of

LIST = PROJECT_DIR / "tests" / "rules" / "leanings.toml"
# Private by their names, and documented by Django and Python.
DOCUMENTED_NAMES = {"_meta", "_default_manager", "_replace"}
_LISTED = tomllib.loads(LIST.read_text(encoding="utf-8"))
DOCUMENTED, ALONE, EXCEPT = (
    tuple(_LISTED["documented"][name].split()) for name in ("with_all_in_it", "alone", "not")
)
OTHERS = {name.partition(".")[0] for name in (*DOCUMENTED, *ALONE)} | {"treebeard", "taggit"}


@dataclass(frozen=True, kw_only=True)
class Leaning:
    """One name of somebody else's, why we need it, and the file of ours to look at."""

    owner: str
    name: str
    why: str
    ours: str

    @property
    def path(self) -> str:
        return f"{self.owner}.{self.name}"

    @property
    def advice(self) -> str:
        return (
            f"{self.path} is gone or changed since the upgrade. We lean on it: {self.why}. Look at "
            f"{self.ours}, see in the package's changelog what has come in its place, and then "
            f"mend {LIST.name}."
        )


@dataclass(frozen=True, kw_only=True)
class Words:
    """Words that must stand in a file of a package, such as a template or a script."""

    file: str
    words: str
    why: str
    ours: str

    @property
    def advice(self) -> str:
        return (
            f"“{self.words}” stands no more in {self.file}. We lean on it: {self.why}. Look at "
            f"{self.ours}, see what the package does in its place, and then mend {LIST.name}."
        )


def leanings() -> list[Leaning]:
    return [
        Leaning(owner=entry["of"], name=name, why=entry["why"], ours=entry["ours"])
        for entry in _LISTED["names"]
        for name in entry["names"].split()
    ]


def words() -> list[Words]:
    return [Words(**entry) for entry in _LISTED["words"]]


def is_documented(module: str) -> bool:
    """Say whether a package's documentation tells to import from a module of it."""
    inside = any(module == name or module.startswith(f"{name}.") for name in DOCUMENTED)
    return module in ALONE or (inside and not module.startswith(EXCEPT))


# --- Other people's code ---------------------------------------------------------------


def found(dotted: str) -> Any:
    """Return a module or class by its path; raises ImportError or AttributeError."""
    try:
        return import_module(dotted)
    except ModuleNotFoundError:
        module, _dot, name = dotted.rpartition(".")
        return getattr(import_module(module), name)


def has(owner: Any, name: str) -> bool:
    """Say whether a module or class has a name, or sets it on its instances."""
    if isinstance(owner, ModuleType):
        return hasattr(owner, name) or find_spec(f"{owner.__name__}.{name}") is not None
    return hasattr(owner, name) or any(name in set_by(part) for part in owner.__mro__)


@cache
def set_by(owner: type) -> frozenset[str]:
    """Return the names that the methods of a class set on its instances."""
    try:
        source = inspect.getsource(owner)
    except (OSError, TypeError):
        return frozenset()
    return frozenset(re.findall(r"\bself\.(\w+)\s*(?::[^=\n]+)?=(?!=)", source))


def text_of(file: str) -> str:
    """Return the text of a file in a package, an empty one where there is none."""
    package, _slash, rest = file.partition("/")
    spec = find_spec(package)
    assert spec is not None, package
    assert spec.origin is not None, package
    path = Path(spec.origin).parent / rest
    return path.read_text(encoding="utf-8") if path.is_file() else ""


# --- Our own ---------------------------------------------------------------------------


def our_classes() -> Iterator[tuple[type, ast.ClassDef]]:
    """Yield every class at the top of a module of ours, with how it is written."""
    for path in python_files(*APPS):
        if {"settings", "making"} & set(path.parts) or path.name in {"make_media.py", "wsgi.py"}:
            continue
        module = import_module(module_name(path))
        for node in tree_of(path).body:
            if isinstance(node, ast.ClassDef) and isinstance(getattr(module, node.name), type):
                yield getattr(module, node.name), node


def foreign_bases(owner: type) -> list[type]:
    return [base for base in owner.__mro__ if base.__module__.partition(".")[0] in OTHERS]


def written_in(node: ast.ClassDef) -> Iterator[str]:
    """Yield the names that a class gives to itself and to its instances."""
    for part in node.body:
        if isinstance(part, ast.FunctionDef):
            yield part.name
        yield from (target.id for target in _targets(part) if isinstance(target, ast.Name))
    for inner in ast.walk(node):
        for target in _targets(inner):
            if isinstance(target, ast.Attribute) and ast.unparse(target.value) == "self":
                yield target.attr


def _targets(node: ast.AST) -> list[ast.expr]:
    if isinstance(node, ast.Assign):
        parts = [part.elts if isinstance(part, ast.Tuple) else [part] for part in node.targets]
        return [each for part in parts for each in part]
    return [node.target] if isinstance(node, ast.AnnAssign) and node.value else []


def is_private(name: str) -> bool:
    return name.startswith("_") and not name.startswith("__") and name != "_"
