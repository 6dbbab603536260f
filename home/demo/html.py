"""Turn the demo's plain text into Wagtail's rich text."""

import json
from collections.abc import Iterable

from django.utils.html import escape
from wagtail.models import Page


class RichText:
    """Escapes text, and links the words that stand for a page of the site or an address."""

    def __init__(self, links: dict[str, Page | str] | None = None) -> None:
        self.links = links or {}

    def inline(self, text: str) -> str:
        html = escape(text)
        for words, target in self.links.items():
            to = (
                f'href="{target}"'
                if isinstance(target, str)
                else f'linktype="page" id="{target.pk}"'
            )
            anchor = f"<a {to}>{escape(words)}</a>"
            html = html.replace(escape(words), anchor)  # type: ignore[assignment]
        return html

    def paragraphs(self, texts: Iterable[str]) -> str:
        return "".join(f"<p>{self.inline(text)}</p>" for text in texts)

    def points(self, texts: Iterable[str]) -> str:
        items = "".join(f"<li>{self.inline(text)}</li>" for text in texts)
        return f"<ul>{items}</ul>" if items else ""


def stream(blocks: Iterable[tuple[str, object]]) -> str:
    """Return the stored form of a StreamField with these (type, value) blocks."""
    return json.dumps([{"type": name, "value": value} for name, value in blocks])
