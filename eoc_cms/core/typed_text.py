"""What people type and paste, made plain: what cannot be seen goes, what can be seen stays.

Text that is pasted from slides, PDFs and word processors holds characters of layout. Nobody
sees them, so nobody can be asked to remove them. Every text that a visitor types passes here
before anything else looks at it, and so do the words that staff keep beside answers.
"""

import re
import unicodedata

LINE_END = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
# They change how their neighbors look: ties between emoji or letters, old Korean, order of marks.
JOINER = re.compile("[\u034f\u115f\u1160\u200c\u200d]+")
# Of the scripts whose letters are tied to one another, Arabic to Mongolian.
TIED = ("\u0600", "\u1cff")
VARIANT = re.compile("[\ufe00-\ufe0f\U000e0100-\U000e01ef\u180b-\u180d\u180f]+")
KEYCAP = "\u20e3"
# A black flag with the letters of a region behind it, such as Scotland's; else tags show nothing.
TAGS = re.compile("(\U0001f3f4[\U000e0030-\U000e007a]+\U000e007f)|[\U000e0000-\U000e007f]+")
# Formats that have a look of their own: Arabic, Syriac and Kaithi signs, hieroglyphs (Unicode:
# Prepended_Concatenation_Mark).
SEEN_FORMATS = re.compile(
    "[\u0600-\u0605\u06dd\u070f\u0890\u0891\u08e2\U000110bd\U000110cd\U00013430-\U0001343f]"
)
# Letters and signs that show nothing (Unicode: Default_Ignorable_Code_Point).
BLANKS = frozenset("\u17b4\u17b5\u3164\uffa0\U0001d159")
# Spaces of another width are spaces; these two look like something else.
SEEN_SPACES = frozenset("\u1680\u3000")
BRAILLE_SPACE = "\u2800"
# Where marks pile up, putting them into order takes time by the square of their number.
MOST_MARKS = 30  # Unicode Standard Annex 15, Stream-Safe Text Format


def clean_text(text: str) -> str:
    """Return a text of several lines in Unicode's normal form C, without what cannot be seen.

    Every kind of line end becomes one character, as browsers count it.
    """
    return _clean(LINE_END.sub("\n", text))


def clean_line(text: str) -> str:
    """Return a text of one line likewise; line ends and tabs in it become spaces."""
    return _clean(LINE_END.sub(" ", text).replace("\t", " "))


def _clean(text: str) -> str:
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    seen = text.translate({ord(char): _shown(char) for char in set(text)})
    seen = TAGS.sub(lambda found: found[1] or "", seen)
    seen = VARIANT.sub(_variant, seen)
    seen = JOINER.sub(_joiner, seen)
    return _composed(seen)


def _shown(char: str) -> str:
    """Return what one character shows, wherever it stands."""
    category = unicodedata.category(char)
    if char == "\n" or (char == "\t" and category == "Cc"):
        return char
    if category in {"Cc", "Cs"} or char in BLANKS or _is_no_character(char):
        return ""
    if category == "Cf":
        may_stay = any(kind.match(char) for kind in (SEEN_FORMATS, JOINER, TAGS))
        return char if may_stay else ""
    if char == BRAILLE_SPACE or (category == "Zs" and char not in SEEN_SPACES):
        return " "
    return char


def _is_no_character(char: str) -> bool:
    """Say whether a place in Unicode is kept free for ever; others may be new emoji."""
    return 0xFDD0 <= ord(char) <= 0xFDEF or ord(char) & 0xFFFE == 0xFFFE


def _joiner(found: re.Match[str]) -> str:
    before, after = _neighbors(found)
    is_tied = TIED[0] <= before <= TIED[1]
    return found[0][0] if _is_joined(before) and (is_tied or _is_joined(after)) else ""


def _variant(found: re.Match[str]) -> str:
    before, after = _neighbors(found)
    return found[0][0] if _is_joined(before) or (before and after == KEYCAP) else ""


def _neighbors(found: re.Match[str]) -> tuple[str, str]:
    start, end = found.span()
    return found.string[max(start - 1, 0) : start], found.string[end : end + 1]


def _is_joined(char: str) -> bool:
    """Say whether a neighbor can be tied to or varied: a letter, mark or sign beyond ASCII."""
    if not char or char.isascii() or JOINER.match(char):
        return False
    category = unicodedata.category(char)
    # What is unassigned may be an emoji that is newer than this Python.
    return category[0] in "LMSP" or category in {"Cn", "Co"}


def _composed(text: str) -> str:
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.combining(char) else 0
        if marks > MOST_MARKS:
            return text
    return unicodedata.normalize("NFC", text)
