"""Style sheets written in many small files go out in the few that a page links to.

A sheet directly in `eoc/css/` says by `@import` what it is made of. Where pages are
developed the browser follows these itself; collecting puts the files in their place.
"""

import posixpath
import re
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import InMemoryStorage, Storage
from whitenoise.storage import CompressedManifestStaticFilesStorage

Paths = dict[str, tuple[Storage, str]]

ENTRIES = "eoc/css/*.css"
IMPORT = re.compile(r'^@import "(?P<path>[^":]+)"(?: layer\((?P<layer>[\w-]+)\))?;$', re.MULTILINE)
# Addresses that begin at the file they stand in: no scheme, no slash, no fragment.
URL = re.compile(r'url\("(?P<path>[^"/:#][^":]*)"\)')


class BundleError(ValueError):
    """A sheet cannot be put together; the message says which and why."""


class BundledStaticFilesStorage(CompressedManifestStaticFilesStorage):
    """Put our sheets together before their addresses are hashed and they are compressed."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._addresses: dict[str, str] = {}

    def url(self, name: str, force: bool = False) -> str:
        """Return a file's address, made once: a page of the admin asks for a hundred."""
        if settings.DEBUG or force:
            return str(super().url(name, force))
        if name not in self._addresses:
            self._addresses[name] = super().url(name)
        return self._addresses[name]

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: object
    ) -> Iterator[tuple[str, str | None, bool | Exception]]:
        """Give Django our sheets whole; `collectstatic` calls this after it has copied."""
        yield from super().post_process(bundled(paths), dry_run=dry_run, **options)
        self._addresses.clear()


def bundled(paths: Paths) -> Paths:
    """Return the same files with our sheets whole, and without the parts they are made of.

    Raises BundleError when a part is missing or an import would be left over.
    """
    sheets = InMemoryStorage()
    files, parts = dict(paths), set()
    for entry in [path for path in paths if PurePath(path).match(ENTRIES)]:
        text, used = _bundle(paths, entry)
        sheets.save(entry, ContentFile(text.encode()))
        files[entry] = (sheets, entry)
        parts |= used
    return {path: source for path, source in files.items() if path not in parts}


def _bundle(paths: Paths, entry: str) -> tuple[str, set[str]]:
    folder = posixpath.dirname(entry)
    used: set[str] = set()

    def part(found: re.Match[str]) -> str:
        name = posixpath.normpath(posixpath.join(folder, found["path"]))
        if name not in paths:
            raise BundleError(f"{entry} imports {name}, which is not among the static files.")
        used.add(name)
        text = _seen_from(folder, posixpath.dirname(name), _read(paths, name))
        return f"@layer {found['layer']} {{\n{text}}}\n" if found["layer"] else text

    text = IMPORT.sub(part, _read(paths, entry))
    if "@import" in text:
        raise BundleError(
            f'{entry} keeps an import: it can hold @import "part.css", with layer(name) or '
            "without, each on a line of its own, and its parts can hold none."
        )
    return text, used


def _read(paths: Paths, name: str) -> str:
    storage, path = paths[name]
    with storage.open(path) as opened:
        return str(opened.read().decode())


def _seen_from(folder: str, home: str, text: str) -> str:
    """Aim the relative addresses in a file of one folder from another."""

    def aimed(found: re.Match[str]) -> str:
        return f'url("{posixpath.relpath(posixpath.join(home, found["path"]), folder)}")'

    return URL.sub(aimed, text)
