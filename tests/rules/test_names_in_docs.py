"""Whatever the documentation names is there: files, code, addresses, commands, settings."""

import re
from collections.abc import Callable
from functools import cache
from itertools import chain
from pathlib import Path

import pytest
from django.core.management import get_commands, load_command_class
from django.urls import Resolver404, resolve

from tests.rules.test_docs import DOCUMENTS, name_of
from tests.source import APPS, PROJECT_DIR, path_of

NAME = re.compile(r"`([^`\n]+)`")
BLOCK_OF_CODE = re.compile(r"```.*?```|^    [^\n]*$", re.DOTALL | re.MULTILINE)
FILE = r"[\w./-]*\.(?:py|html|css|js|mjs|toml|ya?ml|md)"
FOLDERS = (*APPS, "deploy", "docs", "tests", "requirements", ".ci")
READ = {".py", ".html", ".css", ".js", ".toml", ".txt", ".example", ""}
# What the documentation names of others, and what looks like a name and is none.
OF_OTHERS = {
    *("add_header", "client_max_body_size", "internal", "nginx"),
    *("pg_dump", "pg_restore", "pg_trgm", "tsvector", "secure_delete"),
    *("difflib", "lightningcss", "ModelViewSet", "ReportView"),
    *("/es/", "/private/"),  # a locale that staff add; what nginx serves within itself
}
NO_NAMES = {"127.0.0.1", "feed/", "private/", "x.css", "window.wagtail.userbar.registerCheck"}
MADE = {"__pycache__", "node_modules"}
COMMANDS = {name for name, app in get_commands().items() if str(app).startswith(APPS)}


def names_in(document: Path) -> list[str]:
    return NAME.findall(BLOCK_OF_CODE.sub("", document.read_text(encoding="utf-8")))


@cache
def files() -> dict[str, str]:
    """Return the files of the project by their paths, with their text where they are code."""
    own = [path for path in PROJECT_DIR.glob("*") if path.is_file()]
    within = chain(*((PROJECT_DIR / folder).rglob("*") for folder in FOLDERS))
    found = [path for path in (*own, *within) if path.is_file() and not MADE & set(path.parts)]
    found.remove(Path(__file__))  # It names what is not there.
    return {
        path.relative_to(PROJECT_DIR).as_posix(): (
            path.read_text(encoding="utf-8") if path.suffix in READ else ""
        )
        for path in found
    }


@cache
def words() -> set[str]:
    return set(re.findall(r"\w+", "\n".join(files().values())))


# --- A rule for each kind of name ----------------------------------------------------


def is_file(name: str) -> bool:
    return any(f"/{path}".endswith(f"/{name}") for path in files())


def is_folder(name: str) -> bool:
    return any(f"/{name}" in f"/{path}" for path in files())


def is_target(name: str) -> bool:
    target = name.split()[1]
    return re.search(rf"^{target}:", files()["Makefile"], re.MULTILINE) is not None


def is_command(name: str) -> bool:
    command, *options = re.findall(r"--[\w-]+|\w+", name.removeprefix("manage.py "))
    app = get_commands().get(command)
    if app is None:
        return False
    shown = load_command_class(str(app), command).create_parser("manage.py", command).format_help()
    return all(option in shown for option in options if option.startswith("--"))


def is_address(name: str) -> bool:
    """Say whether an address is one of ours; those of pages are the demo's own."""
    path = re.split(r"[…<?]", name)[0]
    try:
        found = resolve(path).url_name
    except Resolver404:
        found = None
    if found and found != "wagtail_serve":
        return True
    wanted = (f'"{path}"', f'path("{path.strip("/")}/', f'r"^{path.strip("/")}/')
    texts = [text for path, text in files().items() if path.startswith(APPS)]
    return any(written in text for text in texts for written in wanted)


def is_migration(name: str) -> bool:
    return is_file(f"migrations/{name.partition('.')[2]}.py")


def is_code(name: str) -> bool:
    """Say whether a dotted name is a module, or is in a module or class of its first part."""
    owner, _dot, attribute = name.rpartition(".")
    if path_of(name) or any(name in text for text in files().values()):
        return True
    module = path_of(owner)
    short = owner.rpartition(".")[2]
    places = [
        text
        for path, text in files().items()
        if (PROJECT_DIR / path == module)
        or (module is None and path.endswith(f"/{short}.py"))
        or (module is None and re.search(rf"^class {short}\b", text, re.MULTILINE))
    ]
    return any(re.search(rf"\b{attribute}\b", text) for text in places)


RULES: list[tuple[str, Callable[[str], bool]]] = [
    (r"make \w.*", is_target),
    (r"manage\.py \w.*", is_command),
    (rf"(?:{'|'.join(COMMANDS)}) .*", is_command),
    (FILE, is_file),
    (r"[\w.][\w./-]*/", is_folder),
    (r"/[a-z].*", is_address),
    (r"\w+\.\d{4}_\w+", is_migration),
    (r"[a-zA-Z_]\w*(?:\.\w+)+", is_code),
    (r"\w+=.*", lambda setting: setting.partition("=")[0] in words()),
    (r"[A-Za-z_]\w+", lambda word: word in words() or word in get_commands()),
]


def is_known(name: str) -> bool:
    """Look for a name by the rule of its kind; what has the form of none is no name."""
    plain = name.removeprefix("python ").removesuffix("()")
    rule = next((rule for form, rule in RULES if re.fullmatch(form, plain)), None)
    return plain in OF_OTHERS | NO_NAMES or rule is None or rule(plain)


@pytest.mark.parametrize("document", DOCUMENTS, ids=name_of)
def test_everything_that_a_page_names_is_there(document: Path) -> None:
    assert sorted({name for name in names_in(document) if not is_known(name)}) == []


@pytest.mark.parametrize(
    "name",
    [
        *("forms_app/columns.py", "gate.is_visible", "Grant.is_alive", "flat_list.py", "audits/"),
        *("make tests", "manage.py check_gate", "export_submissions --none-new", "/nowhere/"),
        *("FORMER_SETTING", "forms_app.outcomes", "eoc_cms.core.mail.queue.QueueBackends"),
    ],
)
def test_a_name_that_is_gone_is_found(name: str) -> None:
    assert not is_known(name)


def test_every_command_of_ours_is_told_of() -> None:
    told = (PROJECT_DIR / "docs" / "settings.md").read_text(encoding="utf-8")
    assert [name for name in sorted(COMMANDS) if f"| `{name}" not in told] == []
