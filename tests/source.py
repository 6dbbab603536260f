"""Our own code as it is written, for tests that hold for all of it."""

import ast
import tomllib
from collections.abc import Iterator
from functools import cache
from pathlib import Path

PROJECT_DIR = Path(__file__).resolve().parent.parent
APPS = ("eoc_cms", "forms_app", "resources", "home")

Layers = list[list[str]]


def python_files(*folders: str) -> list[Path]:
    """Return the files of our own apps, or of other folders; migrations are left out."""
    found = (path for name in folders or APPS for path in (PROJECT_DIR / name).rglob("*.py"))
    return sorted(path for path in found if "migrations" not in path.parts)


@cache
def tree_of(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module_name(path: Path) -> str:
    parts = path.relative_to(PROJECT_DIR).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def path_of(dotted: str) -> Path | None:
    """Return the file of a module or package of ours, or None where there is none."""
    stem = PROJECT_DIR.joinpath(*dotted.split("."))
    files = (stem.with_suffix(".py"), stem / "__init__.py")
    return next((path for path in files if path.is_file()), None)


def layers_of_rooms() -> dict[str, Layers]:
    """Return the rooms of each app as its import contract states them, the topmost first."""
    text = (PROJECT_DIR / "pyproject.toml").read_text(encoding="utf-8")
    contracts = tomllib.loads(text)["tool"]["importlinter"]["contracts"]
    return {
        contract["containers"][0]: [layer.split(" | ") for layer in contract["layers"]]
        for contract in contracts
        if "containers" in contract
    }


def imports_of(path: Path) -> Iterator[str]:
    """Yield every module of ours that a file imports, wherever in it."""
    for node in ast.walk(tree_of(path)):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(APPS):
            for alias in node.names:
                deeper = f"{node.module}.{alias.name}"
                yield deeper if path_of(deeper) else node.module
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name.startswith(APPS))
