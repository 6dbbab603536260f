"""A piece of a page around the words that were looked for, with them marked."""

import re
import unicodedata
from itertools import islice

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from wagtail.models import Page

from eoc_cms.core.models.search_text import SearchText
from home.search.queries import SearchQuery

MAX_LENGTH = 240
LEAD_IN = 60
MAX_HITS = 100
TOKEN = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")
# Shown elsewhere in a result, or written for search engines and nowhere on the page.
NOT_IN_THE_TEXT = {"title", "listing_title", "search_description"}
ENDINGS = ".!?:;,…"


def excerpt(page: Page, query: SearchQuery) -> SafeString:
    """Return the part of the page's text that has most of the words, else how it begins."""
    text = page_text(page)
    start = _best_start(text, query)
    if start is None and page.search_description:
        text = page.search_description
    return highlight(_cut(text, around=start or 0), query)


def page_text(page: Page) -> str:
    """Return what a visitor can read on the page, in one row."""
    pieces = [
        piece
        for field in page.get_search_fields()
        if isinstance(field, SearchText) and field.field_name not in NOT_IN_THE_TEXT
        for piece in field.read(page)
    ]
    joined = " ".join(piece if piece[-1] in ENDINGS else f"{piece} ·" for piece in pieces)
    return unicodedata.normalize("NFC", joined).removesuffix(" ·")


def highlight(text: str, query: SearchQuery) -> SafeString:
    """Return a text as HTML with the words of the query marked."""
    parts = []
    done = 0
    for token in TOKEN.finditer(text):
        if query.terms_for(token.group()):
            parts.append((text[done : token.start()], token.group()))
            done = token.end()
    return format_html("{}{}", format_html_join("", "{}<mark>{}</mark>", parts), text[done:])


def _best_start(text: str, query: SearchQuery) -> int | None:
    """Return where the stretch with the most different words of the query begins."""
    tokens = ((token.start(), query.terms_for(token.group())) for token in TOKEN.finditer(text))
    hits = list(islice(((at, words) for at, words in tokens if words), MAX_HITS))
    best, most = None, 0
    for index, (start, _) in enumerate(hits):
        near = [words for at, words in hits[index:] if at < start + MAX_LENGTH - LEAD_IN]
        if len(set().union(*near)) > most:
            best, most = start, len(set().union(*near))
    return best


def _cut(text: str, *, around: int) -> str:
    """Return at most `MAX_LENGTH` letters of a text, with whole words at both ends."""
    start = 0
    if around > LEAD_IN and len(text) > MAX_LENGTH:
        earliest = min(around - LEAD_IN, len(text) - MAX_LENGTH)
        start = text.find(" ", earliest, around) + 1 or around
    end = start + MAX_LENGTH
    if end < len(text):
        space = text.rfind(" ", start + MAX_LENGTH // 2, end + 1)
        end = space if space > 0 else end
    piece = text[start:end].strip(" ·")
    return f"{'… ' if start else ''}{piece}{' …' if end < len(text) else ''}"
