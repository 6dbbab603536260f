"""Put chosen answers into the words of a mail.

An editor writes {Name} where the answer to the question “Name” should stand. The
text is filled in one pass by replacing text, never by a template engine: no
wording can read data or fail, and an answer that holds braces is not filled in.

A question whose label is not its own (two are called “Role”) or is one of ours (“Title”)
has a placeholder that tells it apart: {Role 2}, {Title (question)}.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache

from django.utils.translation import gettext as _

from eoc_cms.core.typed_text import clean_line

LONGEST_PLACE = 300
PLACE = re.compile(rf"\{{([^{{}}\n]{{1,{LONGEST_PLACE}}})\}}")
BRACES = re.compile(r"[{}]")
ALWAYS = ("title", "link", "receipt")
# A name in its number, such as the 2 of “role_2”.
NUMBER = re.compile(r"\d+")

Labels = Mapping[str, str]
"""The label of each question by its field's name."""


def fill_in(text: str, values: Mapping[str, str]) -> str:
    """Put each value where its name stands in braces, upper and lower case alike."""
    known = {key_of(name): value for name, value in values.items()}
    return PLACE.sub(lambda place: known.get(key_of(place[1]), place[0]), text)


def places_of(labels: Labels) -> dict[str, str]:
    """Return what stands for each question in braces, by its field's name.

    Numbers go by the names of fields, so that no other order of the questions changes them.
    """
    words = {name: _own_words(label) for name, label in labels.items()}
    counts = Counter(key_of(text) for text in words.values())
    taken = {*counts, *ALWAYS}
    places: dict[str, str] = {}
    for name in sorted(words, key=_in_order):
        place, number = words[name], 0
        while counts[key_of(words[name])] > 1 and key_of(place) in taken:
            number += 1
            place = f"{words[name]} {number}"
        taken.add(key_of(place))
        places[name] = place
    return {name: places[name] for name in labels}


def values_of(answers: Mapping[str, str], *, then: Labels, now: Labels) -> dict[str, str]:
    """Return what each placeholder becomes, as a question was called then and is called now.

    The words of a mail are those of now, so its own placeholders come first. What could be
    several questions becomes all of their answers: nobody knows which was meant.
    """
    values: dict[str, str] = {}
    for labels in (now, then):
        for name, place in places_of(labels).items():
            values.setdefault(key_of(place), answers.get(name, ""))
        for key, names in _several(labels).items():
            given = (answers.get(name, "") for name in names)
            values.setdefault(key, "; ".join(answer for answer in given if answer))
    return values


def unknown_placeholders(text: str, labels: Labels) -> list[str]:
    """Return what stands in braces in a text and is neither a question nor one of ours."""
    known = {key_of(name) for name in (*ALWAYS, *places_of(labels).values(), *_several(labels))}
    return list(dict.fromkeys(name for name in PLACE.findall(text) if key_of(name) not in known))


def unclear_placeholders(text: str, labels: Labels) -> dict[str, list[str]]:
    """Return what stands in braces and could be several questions, with what to write instead."""
    several, places = _several(labels), places_of(labels)
    found = (name for name in PLACE.findall(text) if key_of(name) in several)
    return {name: [places[field] for field in several[key_of(name)]] for name in found}


# Asked some two hundred times for each answer, always of the editor's words.
@lru_cache(maxsize=4_096)
def key_of(name: str) -> str:
    return " ".join(clean_line(name).split()).casefold()


def _own_words(label: str) -> str:
    text = " ".join(BRACES.sub("", clean_line(label)).split())
    return _("%(label)s (question)") % {"label": text} if key_of(text) in ALWAYS else text


def _several(labels: Labels) -> dict[str, list[str]]:
    """Return the fields that share a label, by its key."""
    fields: dict[str, list[str]] = {}
    for name, label in labels.items():
        fields.setdefault(key_of(_own_words(label)), []).append(name)
    return {key: names for key, names in fields.items() if len(names) > 1}


def _in_order(name: str) -> list[object]:
    """Sort “role_10” behind “role_2”."""
    return [NUMBER.sub(lambda found: found[0].zfill(9), name), name]
