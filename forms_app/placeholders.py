"""Put chosen answers into the words of a mail.

An editor writes {Name} where the answer to the question “Name” should stand. The
text is filled in one pass by replacing text, never by a template engine: no
wording can read data or fail, and an answer that holds braces is not filled in.
"""

import re
from collections.abc import Iterable, Mapping

PLACE = re.compile(r"\{([^{}\n]{1,255})\}")
ALWAYS = ("title", "link", "receipt")
# What mail programs turn into a link by themselves.
LINK = re.compile(r"://|www\.|\w\.\w{2,}/|\[url|<a\b", re.IGNORECASE)
LONGEST = 200


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Put each value where its name stands in braces, upper and lower case alike."""
    known = {key_of(name): value for name, value in values.items()}
    return PLACE.sub(lambda place: known.get(key_of(place[1]), place[0]), text)


def unknown_placeholders(text: str, labels: Iterable[str]) -> list[str]:
    """Return what stands in braces in a text and is neither a question nor one of ours."""
    known = {key_of(name) for name in (*ALWAYS, *labels)}
    return list(dict.fromkeys(name for name in PLACE.findall(text) if key_of(name) not in known))


def key_of(name: str) -> str:
    return " ".join(name.split()).casefold()


def harmless(answer: str) -> str:
    """Return an answer as it may stand in a mail to an address that a stranger typed.

    Anybody can fill in somebody else's address: with a link in another field the
    site would carry a stranger's advertisement, so such an answer is left out.
    """
    one_line = " ".join(answer.split())
    return "…" if LINK.search(one_line) else one_line[:LONGEST]
