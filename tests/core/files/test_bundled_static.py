"""What pages link to is whole: every rule of its parts, in their order, in one request."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage
from django.core.management import call_command
from django.test import override_settings

from eoc_cms.core.files.bundled_static import BundleError, bundled
from eoc_cms.settings import base
from tests.stylesheets import LINKED, PARTS, STATIC, URL, imports_of, rules_of

each_linked_sheet = pytest.mark.parametrize("sheet", LINKED, ids=lambda sheet: sheet.name)


@pytest.fixture(scope="module")
def collected(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Collect the static files as production does; give their folder."""
    folder = tmp_path_factory.mktemp("static")
    with override_settings(STATIC_ROOT=folder, STORAGES=base.STORAGES):
        call_command("collectstatic", interactive=False, verbosity=0)
        yield folder


def served(collected: Path, sheet: Path) -> str:
    """Return the name under which pages link to a sheet."""
    manifest = json.loads((collected / "staticfiles.json").read_text(encoding="utf-8"))
    return str(manifest["paths"][str(sheet.relative_to(STATIC))])


@each_linked_sheet
def test_bundle_holds_the_rules_of_its_parts_in_their_order(collected: Path, sheet: Path) -> None:
    written = list(rules_of(str(sheet.relative_to(STATIC)), STATIC))
    assert len(written) > 20
    assert list(rules_of(served(collected, sheet), collected)) == written


@each_linked_sheet
def test_bundle_is_one_request_and_compressed(collected: Path, sheet: Path) -> None:
    bundle = collected / served(collected, sheet)
    assert imports_of(sheet) != []
    assert imports_of(bundle) == []
    assert bundle.with_name(f"{bundle.name}.gz").exists()


def test_everything_that_a_bundle_loads_is_there(collected: Path) -> None:
    loaded = [
        (collected / served(collected, sheet)).parent / address
        for sheet in LINKED
        for address in URL.findall((collected / served(collected, sheet)).read_text())
    ]
    assert loaded
    assert [path for path in loaded if not path.exists()] == []


def test_every_part_stands_in_one_bundle() -> None:
    imported = [part for sheet in LINKED for part in imports_of(sheet)]
    assert sorted(imported) == PARTS


def test_every_layer_is_one_that_the_first_sheet_orders() -> None:
    first, *_ = rules_of("eoc/css/site.css", STATIC)
    ordered = {f"@layer {name}" for name in first.head.removeprefix("@layer ").split(", ")}
    rules = [rule for sheet in LINKED for rule in rules_of(str(sheet.relative_to(STATIC)), STATIC)]
    layers = {around for rule in rules for around in rule.inside if around.startswith("@layer")}
    assert layers == ordered


# --- What cannot be put together ----------------------------------------------------


def bundle_of(**sheets: str) -> None:
    """Bundle sheets of which `entry` is the one that pages link to."""
    storage = InMemoryStorage()
    for name, css in sheets.items():
        folder = "eoc/css" if name == "entry" else "eoc/css/parts"
        storage.save(f"{folder}/{name}.css", ContentFile(css.encode()))
    paths = [f"eoc/css/{'' if name == 'entry' else 'parts/'}{name}.css" for name in sheets]
    bundled({path: (storage, path) for path in paths})


def test_part_that_is_not_there_is_named() -> None:
    with pytest.raises(BundleError, match=r"eoc/css/entry\.css imports eoc/css/parts/lost\.css"):
        bundle_of(entry='@import "parts/lost.css";')


@pytest.mark.parametrize(
    "statement",
    [
        '@import url("parts/part.css");',
        "@import 'parts/part.css';",
        '@import "parts/part.css" screen;',
        '@import "https://example.org/part.css";',
    ],
)
def test_import_that_cannot_be_put_in_place_is_refused(statement: str) -> None:
    with pytest.raises(BundleError, match=r"eoc/css/entry\.css keeps an import"):
        bundle_of(entry=statement, part=".part { color: red; }")


def test_part_imports_nothing_further() -> None:
    with pytest.raises(BundleError, match=r"its parts can hold none"):
        bundle_of(entry='@import "parts/part.css";', part='@import "parts/more.css";')
