"""The editor guide as chapters, made from the same file that stands in the documentation."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import PurePosixPath
from typing import Any

from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import slugify
from markdown_it import MarkdownIt
from markdown_it.token import Token

from eoc_cms.settings.env import PROJECT_DIR

FOLDER = PROJECT_DIR / "docs"
PAGE = FOLDER / "editor-guide.md"
PICTURES = FOLDER / "images" / "editor-guide"
EXCERPT = 200  # characters
CHAPTER = "h2"
# The rest of the documentation is for maintainers, and not in the admin.
HERE_TOO = re.compile(r"https?:|#")


@dataclass(frozen=True, kw_only=True)
class Chapter:
    title: str
    anchor: str
    html: SafeString
    text: str


@dataclass(frozen=True, kw_only=True)
class Found:
    chapter: Chapter
    excerpt: str


@cache
def chapters() -> tuple[Chapter, ...]:
    """Return the guide's chapters; what stands before the first is one without an anchor."""
    reader = MarkdownIt("commonmark").enable("table")
    tokens = reader.parse(PAGE.read_text(encoding="utf-8"))
    return tuple(_chapter(reader, part) for part in _parts(tokens))


def find(query: str) -> list[Found]:
    """Return the chapters that hold every word of a query, each with where the first stands."""
    words = query.casefold().split()
    if not words:
        return []
    return [
        Found(chapter=chapter, excerpt=_excerpt(chapter.text, words[0]))
        for chapter in chapters()
        if all(word in f"{chapter.title} {chapter.text}".casefold() for word in words)
    ]


def _parts(tokens: list[Token]) -> Iterator[list[Token]]:
    part: list[Token] = []
    for token in tokens:
        if token.type == "heading_open" and token.tag == CHAPTER:
            yield part
            part = []
        part.append(token)
    yield part


def _chapter(reader: MarkdownIt, tokens: list[Token]) -> Chapter:
    # Its heading, of which the page makes its own.
    title, body = tokens[1].content, tokens[3:]
    for token in body:
        _point(token.children or [])
    html = reader.renderer.render(body, reader.options, {})
    is_chapter = tokens[0].tag == CHAPTER
    return Chapter(
        title=title,
        anchor=slugify(title) if is_chapter else "",
        # It is our own file, and its markup is left out by CommonMark's rules for text.
        html=mark_safe(html),  # noqa: S308
        text=" ".join(strip_tags(html).split()),
    )


def _point(tokens: list[Token]) -> None:
    """Lead pictures and links to where they are in the admin."""
    is_dropped = False
    for token in tokens:
        attributes: dict[str, Any] = token.attrs
        if token.type == "image":
            name = PurePosixPath(str(attributes["src"])).name
            attributes |= {"src": reverse("home_guide_picture", args=[name]), "loading": "lazy"}
        elif token.type == "link_open" and not HERE_TOO.match(str(attributes["href"])):
            token.tag, token.attrs, is_dropped = "span", {}, True
        elif token.type == "link_close" and is_dropped:
            token.tag, is_dropped = "span", False


def _excerpt(text: str, word: str) -> str:
    at = max(text.casefold().find(word) - EXCERPT // 4, 0)
    start = text.rfind(" ", 0, at) + 1 if at else 0
    shown = text[start : start + EXCERPT]
    end = shown.rfind(" ") if start + EXCERPT < len(text) else len(shown)
    return f"{'… ' if start else ''}{shown[:end]}{' …' if end < len(shown) else ''}"
