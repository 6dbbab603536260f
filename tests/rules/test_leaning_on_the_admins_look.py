"""Templates, styles and scripts of ours in the admin name only what Wagtail's admin has.

Each lean on a block is on the list in `leanings.toml`; Wagtail documents those for branding.
"""

import re
from collections.abc import Iterator
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.rules.leaning import LIST, words
from tests.source import APPS, PROJECT_DIR

DOCUMENTED_BLOCKS = {
    *("branding_favicon", "branding_login", "branding_logo", "branding_title", "branding_welcome"),
    "below_login",
}
TEMPLATES = sorted(
    path for app in APPS for path in (PROJECT_DIR / app).rglob("templates/**/*.html")
)
STYLES = sorted((PROJECT_DIR / "eoc_cms" / "static" / "eoc" / "admin").glob("*.css"))
PACKAGES = ("wagtail", "wagtail_modeladmin")
EXTENDS = re.compile(r'{% extends "([^"]+)" %}')
BLOCK = re.compile(r"{% (block|endblock)\b *(\w*)")
OUR_NAMES = ("eoc-", "formbuilder-", "mark__", "motif__")  # the last two draw the mark
NO_CLASSES = {"css", "woff2"}  # endings of files


def folder_of(package: str) -> Path:
    spec = find_spec(package)
    assert spec is not None, package
    return Path(spec.origin or "").parent


@cache
def text_of_the_admin() -> str:
    """Return all templates, styles, scripts and code of Wagtail's admin and modeladmin."""
    files = (
        path
        for package in PACKAGES
        for kind in ("html", "css", "js", "py")
        for path in folder_of(package).rglob(f"*.{kind}")
        if "tests" not in path.parts
    )
    return "\n".join(path.read_text(encoding="utf-8") for path in files)


@cache
def templates_of_the_admin() -> dict[str, Path]:
    """Return the templates of the packages by their names; those for new projects are none."""
    return {
        path.as_posix().partition("/templates/")[2]: path
        for package in PACKAGES
        for path in folder_of(package).rglob("templates/**/*.html")
        if "project_template" not in path.parts
    }


def theirs(name: str) -> Path | None:
    """Return the template of a name in the packages, whatever stands before it among ours."""
    return templates_of_the_admin().get(name)


def chain_of(name: str) -> Iterator[Path]:
    """Yield their template of a name and all that it extends."""
    while path := theirs(name):
        yield path
        above = EXTENDS.search(path.read_text(encoding="utf-8"))
        if above is None:
            return
        name = above[1]


def outer_blocks(text: str) -> list[str]:
    """Return the blocks of a template that stand in no other block."""
    found, depth = [], 0
    for kind, name in BLOCK.findall(text):
        if kind == "block" and depth == 0:
            found.append(name)
        depth += 1 if kind == "block" else -1
    return found


FILLING = [
    pytest.param(path, above[1], id=str(path.relative_to(PROJECT_DIR)))
    for path in TEMPLATES
    if (above := EXTENDS.search(path.read_text(encoding="utf-8"))) and theirs(above[1])
]


@pytest.mark.parametrize(("path", "extended"), FILLING)
def test_every_block_that_a_template_fills_is_there_and_on_the_list(
    path: Path, extended: str
) -> None:
    chain = list(chain_of(extended))
    text = "\n".join(each.read_text(encoding="utf-8") for each in chain)
    listed = {
        entry.words for entry in words() if any(str(each).endswith(entry.file) for each in chain)
    }
    for name in outer_blocks(path.read_text(encoding="utf-8")):
        assert re.search(rf"{{% block {name} %}}", text), f"{extended} has no block {name} now"
        assert name in DOCUMENTED_BLOCKS or f"block {name}" in listed, f"add it to {LIST.name}"


def test_templates_that_fill_blocks_of_the_admin_are_found() -> None:
    assert len(FILLING) > 15


@pytest.mark.parametrize("path", STYLES, ids=lambda path: path.name)
def test_styles_name_only_what_the_admin_has(path: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    classes = {name.replace("\\", "") for name in re.findall(r"\.([a-z](?:[\w-]|\\:)*)", text)}
    tokens = set(re.findall(r"--w-[\w-]+", text))
    classes = {name for name in classes - NO_CLASSES if not name.startswith(OUR_NAMES)}
    assert sorted(name for name in classes | tokens if not is_theirs(name)) == []


def is_theirs(name: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text_of_the_admin()) is not None


def test_templates_of_the_admin_have_only_classes_that_the_admin_has() -> None:
    used = {
        name
        for path in TEMPLATES
        if "admin" in path.parts or "wagtailadmin" in path.parts
        for value in re.findall(r'class="([^"]*)"', path.read_text(encoding="utf-8"))
        for name in re.sub(r"{%.*?%}|{{.*?}}", " ", value).split()
    }
    strange = {name for name in used if not name.startswith("eoc-")}
    assert sorted(name for name in strange if not is_theirs(name)) == []


def test_a_template_in_the_place_of_theirs_extends_it_and_copies_nothing() -> None:
    standing_before = [
        path for path in TEMPLATES if theirs(path.as_posix().partition("/templates/")[2])
    ]
    assert len(standing_before) >= 6
    for path in standing_before:
        extended = EXTENDS.search(path.read_text(encoding="utf-8"))
        assert extended, path
        assert extended[1] == path.as_posix().partition("/templates/")[2]
