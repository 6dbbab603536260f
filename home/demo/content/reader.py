"""Turn a TOML table into a frozen dataclass, or say plainly what is wrong with it.

The demo's words are edited by people who may never run the code. A slip must
name the file and the key, not surface later as a blank line on a page.
"""

import dataclasses
import tomllib
from pathlib import Path
from typing import Any, TypeVar, get_args, get_origin, get_type_hints

T = TypeVar("T")

FOLDER = Path(__file__).parent


class ContentError(ValueError):
    """A content file that cannot be read as what it should hold."""


def read_file(shape: type[T], path: Path) -> T:
    """Read the TOML file at `path` as `shape`.

    Raises ContentError naming the file, and the key where there is one.
    """
    try:
        table = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError as error:
        raise ContentError(f"{path.name}: there is no such content file") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ContentError(f"{path.name}: not valid TOML: {error}") from error
    return _read_table(shape, table, path.name, "")


def _read_table(shape: type[T], table: dict[str, object], file: str, parent: str) -> T:
    hints = get_type_hints(shape)
    for key in table:
        if key not in hints:
            raise ContentError(f"{file}: unknown key “{_join(parent, key)}”")
    values = {}
    for key, hint in hints.items():
        if key in table:
            values[key] = _read_value(hint, table[key], file, _join(parent, key))
        elif not _has_default(shape, key):
            raise ContentError(f"{file}: missing key “{_join(parent, key)}”")
    return shape(**values)


def _read_value(hint: Any, value: Any, file: str, key: str) -> Any:
    if get_origin(hint) is tuple:
        _expect(list, value, file, key)
        item = get_args(hint)[0]
        return tuple(_read_value(item, v, file, f"{key}[{i}]") for i, v in enumerate(value))
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        _expect(dict, value, file, key)
        return _read_table(hint, value, file, key)
    _expect(hint, value, file, key)
    return value


def _expect(kind: type, value: object, file: str, key: str) -> None:
    if type(value) is not kind:
        raise ContentError(f"{file}: “{key}” should be {kind.__name__}, not {type(value).__name__}")


def _has_default(shape: type, key: str) -> bool:
    field = {f.name: f for f in dataclasses.fields(shape)}[key]
    return field.default is not dataclasses.MISSING


def _join(parent: str, key: str) -> str:
    return f"{parent}.{key}" if parent else key
