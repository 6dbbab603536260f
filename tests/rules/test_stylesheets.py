"""No style sheet is long, and none styles what cannot be there."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import wagtail
import wagtail_modeladmin
from wagtail import hooks
from wagtail_modeladmin.options import ModelAdmin

from eoc_cms.settings.env import PROJECT_DIR
from tests.markup_names import Names, in_python, in_script, in_template, names_in
from tests.stylesheets import ADMIN, LINKED, PARTS, STATIC, names_of

MOST_LINES = 500
APPS = [PROJECT_DIR / name for name in ("eoc_cms", "forms_app", "resources", "home")]
WAGTAIL = [Path(str(package.__file__)).parent for package in (wagtail, wagtail_modeladmin)]
PUBLIC = [*LINKED, *PARTS]


def named(sheets: list[Path]) -> Iterable[object]:
    return [pytest.param(sheet, id=str(sheet.relative_to(STATIC / "eoc"))) for sheet in sheets]


@cache
def on_the_site() -> Names:
    return Names(names_in(below(APPS, "*")))


@cache
def in_the_admin() -> Names:
    """Return our names and those of Wagtail: what it writes into markup, and what it styles."""
    markup = [*below(APPS, "*"), *below(WAGTAIL, "*.html"), *below(WAGTAIL, "templatetags/*.py")]
    styled = [names_of(sheet.read_text(encoding="utf-8")) for sheet in below(WAGTAIL, "core.css")]
    assert styled
    return Names(set(names_in(markup)).union(columns_of_lists(), *styled))


def below(folders: list[Path], pattern: str) -> list[Path]:
    return [path for folder in folders for path in sorted(folder.rglob(pattern))]


def columns_of_lists() -> set[str]:
    """Return the classes that wagtail-modeladmin makes of the columns of our lists."""
    hooks.search_for_hooks()
    columns = {column for admin in all_below(ModelAdmin) for column in admin.list_display}
    return {f".{kind}-{column}" for kind in ("column", "field") for column in columns}


def all_below(base: type[Any]) -> set[type[Any]]:
    return {base}.union(*(all_below(below) for below in base.__subclasses__()))


@pytest.mark.parametrize("sheet", named([*PUBLIC, *ADMIN]))
def test_sheet_is_not_long(sheet: Path) -> None:
    assert len(sheet.read_text(encoding="utf-8").splitlines()) <= MOST_LINES


@pytest.mark.parametrize("sheet", named(PUBLIC))
def test_selectors_of_the_site_ask_for_what_its_markup_has(sheet: Path) -> None:
    asked = names_of(sheet.read_text(encoding="utf-8"))
    assert sorted(name for name in asked if name not in on_the_site()) == []


@pytest.mark.parametrize("sheet", named(ADMIN))
def test_selectors_of_the_admin_ask_for_what_its_markup_has(sheet: Path) -> None:
    asked = names_of(sheet.read_text(encoding="utf-8"))
    assert sorted(name for name in asked if name not in in_the_admin()) == []


# --- What these tests can tell --------------------------------------------------------


def test_names_are_found_wherever_a_selector_has_them() -> None:
    css = """
        /* .comment */ .a > .b:not(.c, :has(> .d)) + [class="e"] { background: url("f.g#h"); }
        @media (min-width: 1.5rem) { @supports (color: red) { #i:hover { .j & { top: .5rem } } } }
        @layer k.l { ul[class], .m::after { content: ".n" } }
    """
    assert names_of(css) == {".a", ".b", ".c", ".d", "#i", ".j", ".m"}


@pytest.mark.parametrize(
    ("template", "names"),
    [
        ("<p class=\"lead soft\" id='top'>card</p>", {".lead", ".soft", "#top"}),
        ('{# class="gone" #}{% comment %}class="gone"{% endcomment %}', set()),
        ('<p class="a{% if b == "c" %} a--d{% endif %}">', {".a", ".a--d"}),
        ('{% include "icon.html" with name="lock" class="big red" %}', {".big", ".red"}),
        ("{% block bodyclass %}login{% endblock %}", {".login"}),
        ('<p id="{{ name }}-hint" class="cover--{{ seed }}">', {"#\0-hint", ".cover--\0"}),
    ],
)
def test_names_are_read_from_a_template(template: str, names: set[str]) -> None:
    assert set(in_template(template)) == names


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ('help_text = "Write a card"', set()),
        ("html = '<p class=\"card\">'", {".card"}),
        ('FieldPanel("name", classname="wide")', {".wide"}),
        ('Input(attrs={"class": f"box box--{kind}"})', {".box", ".box--", ".box--\0"}),
        ('def card_class(): return "card"', {".card"}),
    ],
)
def test_names_are_read_from_python(code: str, names: set[str]) -> None:
    assert set(in_python(code)) == names


def test_names_are_read_from_a_script() -> None:
    script = """
        document.querySelector(".asked").className = "made";
        node.classList.add(`made--${kind}`); list.id = "answers";
    """
    assert set(in_script(script)) == {".made", ".made--\0", "#answers"}


def test_name_with_a_hole_stands_for_what_can_fill_it() -> None:
    names = Names({".cover--\0", ".\0", ".\0--\0"})
    assert ".cover--3" in names
    assert ".cover--" not in names
    assert ".anything" not in names
    assert ".any--thing" not in names


def test_block_of_the_admin_is_styled_in_one_sheet() -> None:
    """A name that two sheets style means two things, and one changes the look of the other."""
    sheets: dict[str, set[str]] = {}
    for sheet in ADMIN:
        for name in names_of(sheet.read_text(encoding="utf-8")):
            if name.startswith(".eoc-"):
                block = name.partition("__")[0].partition("--")[0]
                sheets.setdefault(block, set()).add(sheet.name)
    assert sheets
    assert {block: names for block, names in sheets.items() if len(names) > 1} == {}
