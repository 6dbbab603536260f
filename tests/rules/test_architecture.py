"""The rooms are as docs/architecture.md shows them, and models reach upward by doorways only."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.apps import apps
from django.utils.module_loading import import_string

from eoc_cms.core.doorway import Doorway
from tests.source import (
    APPS,
    PROJECT_DIR,
    Layers,
    imports_of,
    layers_of_rooms,
    module_name,
    path_of,
    python_files,
    tree_of,
)

PAGE = PROJECT_DIR / "docs" / "architecture.md"
ROOMS = layers_of_rooms()
# From the top down: each may use those after it.
ORDER = sorted(ROOMS, key=("home", "resources", "forms_app", "eoc_cms.core").index)
MOST_LOOSE_FILES = {"forms_app": 12, "resources": 8, "eoc_cms.core": 14, "home": 8}
LARGEST_CIRCLE = 3


def short(package: str) -> str:
    return package.rpartition(".")[2]


def level_of(layers: Layers, room: str) -> int:
    return next(place for place, rooms in enumerate(layers) if room in rooms)


def doorways() -> Iterator[tuple[type, str, Doorway]]:
    """Yield every doorway of every model, those of abstract ones too."""
    classes = {parent for model in apps.get_models() for parent in model.__mro__}
    for owner in sorted(classes, key=lambda owner: (owner.__module__, owner.__name__)):
        for name, value in vars(owner).items():
            if isinstance(value, Doorway):
                yield owner, name, value


DOORWAYS = [
    pytest.param(owner, name, doorway, id=f"{owner.__name__}.{name}")
    for owner, name, doorway in doorways()
]


def rooms_behind_doorways(package: str) -> set[str]:
    """Return the rooms of an app to which its models have a doorway."""
    inside = [
        doorway.path.removeprefix(f"{package}.").partition(".")[0]
        for owner, _name, doorway in doorways()
        if owner.__module__.startswith(f"{package}.models")
        and doorway.path.startswith(f"{package}.")
    ]
    return set(inside)


# --- The page ----------------------------------------------------------------------


def picture() -> str:
    """Draw the contracts and doorways as the page shows them."""
    lines = ["flowchart LR"]
    for package in ORDER:
        lines += [f'  subgraph {short(package)}["{package}"]', "    direction TB"]
        lines += [f"    {line}" for line in _boxes(package, ROOMS[package])]
        lines.append("  end")
    lines.append(f"  {' --> '.join(map(short, ORDER))}")
    return "\n".join(lines)


def _boxes(package: str, layers: Layers) -> Iterator[str]:
    box = short(package)
    for place, rooms in enumerate(layers):
        yield f'{box}{place}["{"<br>".join(rooms)}"]'
    yield " --> ".join(f"{box}{place}" for place in range(len(layers)))
    models, opened = level_of(layers, "models"), rooms_behind_doorways(package)
    for place, rooms in enumerate(layers):
        if behind := [room for room in rooms if room in opened]:
            yield f'{box}{place} -. "{"<br>".join(behind)}" .- {box}{models}'


def table(package: str) -> list[str]:
    """Return the rows that the page has for an app: each room, under what its sign says."""
    return [
        f"| `{room}{'.py' if is_file(package, room) else '/'}` | {sign_of(package, room)} |"
        for rooms in ROOMS[package]
        for room in rooms
    ]


def file_of(package: str, room: str) -> Path:
    found = path_of(f"{package}.{room}")
    assert found, f"{package}.{room} is named in a contract and is not there"
    return found


def is_file(package: str, room: str) -> bool:
    return file_of(package, room).name != "__init__.py"


def sign_of(package: str, room: str) -> str:
    docstring = ast.get_docstring(tree_of(file_of(package, room)))
    assert docstring, f"{package}.{room} has no sign: say in its first line what it is for"
    return docstring.splitlines()[0]


def part_of_page(begin: str, end: str) -> str:
    return PAGE.read_text(encoding="utf-8").partition(begin)[2].partition(end)[0].strip()


def test_picture_shows_the_contracts_and_the_doorways() -> None:
    assert part_of_page("```mermaid\n", "```") == picture()


@pytest.mark.parametrize("package", ORDER)
def test_every_room_is_told_by_the_first_line_of_its_file(package: str) -> None:
    heading = f"### `{package.replace('.', '/')}/`\n"
    shown = part_of_page(heading, "\n#").splitlines()
    assert [line for line in shown if line.startswith("| `")] == table(package)


@pytest.mark.parametrize("package", ORDER)
def test_a_sign_is_one_sentence(package: str) -> None:
    signs = [sign_of(package, room) for rooms in ROOMS[package] for room in rooms]
    assert [sign for sign in signs if not sign.endswith(".") or ". " in sign] == []


# --- The code ----------------------------------------------------------------------


@pytest.mark.parametrize(("owner", "name", "doorway"), DOORWAYS)
def test_every_doorway_opens(owner: type, name: str, doorway: Doorway) -> None:
    assert getattr(owner, name) is import_string(doorway.path)


def test_models_are_where_doorways_are_looked_for() -> None:
    written = {
        module_name(path)
        for path in python_files()
        for node in ast.walk(tree_of(path))
        if isinstance(node, ast.Call) and ast.unparse(node.func) == "Doorway"
    }
    assert written == {owner.__module__ for owner, _name, _doorway in doorways()}


@pytest.mark.parametrize(
    "path",
    [path for path in python_files() if "models" in path.parts],
    ids=lambda path: module_name(path),
)
def test_models_import_nothing_from_above(path: Path) -> None:
    package = next(each for each in ORDER if module_name(path).startswith(f"{each}."))
    layers, above = ROOMS[package], ORDER[: ORDER.index(package)]
    own = level_of(layers, "models")
    for module in imports_of(path):
        assert not module.startswith(tuple(above)), f"{module} is of an app above"
        if module.startswith(f"{package}."):
            room = module.removeprefix(f"{package}.").partition(".")[0]
            assert level_of(layers, room) >= own, f"{module} is above the models"


@pytest.mark.parametrize(("package", "most"), MOST_LOOSE_FILES.items())
def test_few_files_stand_outside_a_room(package: str, most: int) -> None:
    folder = PROJECT_DIR.joinpath(*package.split("."))
    loose = [path.name for path in folder.glob("*.py")]
    assert len(loose) <= most, f"{package} has {sorted(loose)}: move one into the room of its job"


def test_no_more_than_three_files_import_one_another_in_a_circle() -> None:
    names = {module_name(path): path for path in python_files(*APPS)}
    graph = {
        name: {module for module in imports_of(path) if module in names} - {name}
        for name, path in names.items()
    }
    circles = {frozenset(circle_of(graph, name)) for name in graph}
    assert [sorted(circle) for circle in circles if len(circle) > LARGEST_CIRCLE] == []


def circle_of(graph: dict[str, set[str]], name: str) -> set[str]:
    """Return the modules that a module leads to and that lead back to it, itself among them."""
    reached = reachable(graph, name)
    return {name} | {other for other in reached if name in reachable(graph, other)}


def reachable(graph: dict[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    waiting = [start]
    while waiting:
        new = graph[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen
