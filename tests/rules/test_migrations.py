"""Migrations stay true whatever becomes of the code: they import none of it that lives."""

import ast
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import pytest

from eoc_cms.settings.env import PROJECT_DIR
from forms_app.listing.word_search import INDEXED

APPS = ("eoc_cms", "forms_app", "resources", "home")
ROOT = PROJECT_DIR
MIGRATIONS = sorted(
    path for app in APPS for path in (ROOT / app).rglob("migrations/*.py") if path.stat().st_size
)
# What Django writes into a migration by its path: functions that a field calls.
CALLED_BY_FIELDS = {"default", "storage", "upload_to"}


def names_of_ours(tree: ast.AST) -> Iterator[str]:
    """Yield every module or function of ours that a migration names, but for those of fields."""
    called = {
        ast.unparse(keyword.value)
        for keyword in ast.walk(tree)
        if isinstance(keyword, ast.keyword) and keyword.arg in CALLED_BY_FIELDS
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith(APPS):
            yield node.module
        if isinstance(node, ast.Import):
            for alias in node.names:
                if alias.name.startswith(APPS) and not any(
                    name.startswith(f"{alias.name}.") for name in called
                ):
                    yield alias.name


@pytest.mark.parametrize("path", MIGRATIONS, ids=lambda path: str(path.relative_to(ROOT)))
def test_migration_imports_no_living_code(path: Path) -> None:
    named = list(names_of_ours(ast.parse(path.read_text(encoding="utf-8"))))
    assert [name for name in named if ".migrations._" not in name] == []


def test_migrations_are_a_small_part_of_the_code() -> None:
    def lines(paths: list[Path]) -> int:
        return sum(len(path.read_text(encoding="utf-8").splitlines()) for path in paths)

    code = [path for app in APPS for path in (ROOT / app).rglob("*.py")]
    assert lines(MIGRATIONS) <= 0.2 * lines([path for path in code if path not in MIGRATIONS])


def test_indexes_of_words_are_those_that_are_looked_up() -> None:
    made = import_module("forms_app.migrations.0002_search_index").INDEXES
    assert {expression for _table, expression in made.values()} == set(INDEXED.values())
