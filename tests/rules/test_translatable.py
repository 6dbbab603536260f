"""Every word a template says itself can be translated.

What stands between tags must come from a variable or a translation tag; so must
the attributes that people read or hear.
"""

import re
from pathlib import Path

import pytest
from bs4 import BeautifulSoup, Comment, Doctype

PROJECT_DIR = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted(
    path
    for app in ("eoc_cms", "forms_app", "home", "resources")
    for path in (PROJECT_DIR / app).rglob("templates/**/*.html")
)
TRANSLATED = re.compile(
    r"{%\s*(blocktranslate|blocktrans)\b.*?%}.*?{%\s*end\1\s*%}|{%\s*comment\b.*?endcomment\s*%}|{#.*?#}",
    re.DOTALL,
)
TAGS = re.compile(r"{%.*?%}|{{.*?}}", re.DOTALL)
READ_ALOUD = ("alt", "aria-label", "aria-description", "placeholder", "title")
NOT_WORDS = {"script", "style", "code", "svg"}
# Server errors stand alone: with the database or a template engine's loaders gone,
# nothing that could fail may run.
STAND_ALONE = {"400.html", "500.html", "standalone_head.html", "standalone_header.html"}
NO_WORDS = {"page_address.html"}  # It makes an address.
NAMES = re.compile(r"\b(APA|BibTeX|modeladmin)\b")  # the last is a class of Wagtail's pages


def own_words(source: str) -> list[str]:
    """Return the texts with a letter that a template holds outside translation tags."""
    soup = BeautifulSoup(TAGS.sub(" ", TRANSLATED.sub(" ", source)), "html.parser")
    texts = [
        str(text)
        for text in soup.find_all(string=True)
        if not isinstance(text, Comment | Doctype)
        and not any(parent.name in NOT_WORDS for parent in text.parents)
    ]
    attributes = [str(tag.get(name, "")) for tag in soup.find_all() for name in READ_ALOUD]
    said = (NAMES.sub("", text).strip() for text in (*texts, *attributes))
    return [text for text in said if re.search(r"[^\W\d_]{2}", text)]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PROJECT_DIR)))
def test_template_says_nothing_that_cannot_be_translated(path: Path) -> None:
    if path.name not in STAND_ALONE | NO_WORDS:
        assert own_words(path.read_text(encoding="utf-8")) == []


def test_bare_words_are_found() -> None:
    assert own_words("<p>{{ name }} came</p>") == ["came"]
    assert own_words('<img alt="A ring">{% translate "Fine" %}') == ["A ring"]
    assert own_words("{% blocktranslate %}Fine{% endblocktranslate %}") == []
