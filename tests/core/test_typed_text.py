"""What people paste loses what nobody sees, and nothing that anybody does."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.typed_text import clean_line, clean_text

# Joiners, variants, tags, fillers and their neighbors, which chance alone seldom brings together.
ODD = st.sampled_from(
    "a1 \t\n\u200c\u200d\ufe0f\u0301\u0316\U0001f469\ud55c\u1160\u034f\u17b4\u20e3"
)
ODDER = st.sampled_from("\U0001f3f4\U000e0067\U000e007f\u0644\u0915\u094d\u3164\u2800\ufeff\ud800")
TEXTS = st.text(alphabet=st.one_of(st.characters(codec=None), ODD, ODDER))


@pytest.mark.parametrize(
    "seen",
    [
        "\U0001f469\u200d\U0001f469\u200d\U0001f467",  # a family
        "\u2764\ufe0f\u200d\U0001f525",  # a heart on fire
        "\U0001f468\U0001f3fd\u200d\U0001f4bb",  # at a computer, of a skin color
        "\U0001f3f4\U000e0067\U000e0062\U000e0073\U000e0063\U000e0074\U000e007f",  # Scotland
        *("1\ufe0f\u20e3", "\xa9\ufe0f", "\u3030\ufe0f", "\U0001fae8", "\uf0b7"),
        "\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645",  # Persian: I want
        "\u0647\u200d.\u0634",  # Persian: of the Hijra
        "\u0915\u094d\u200c\u0937",  # Hindi
        *("\u845b\U000e0100", "José", "Zoë", "a\tb", "a\n\nb", "“–—…”"),
        *("\u0601\u06f1", "\u3000", "\ufffd"),
    ],
)
def test_what_can_be_seen_stays(seen: str) -> None:
    assert clean_text(seen) == unicodedata.normalize("NFC", seen)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        *[(f"a{char}b", "ab") for char in "\x00\x02\x1f\x7f\x9d\xad\u200b\u200e\u202a\u2066\u2060"],
        *[(f"a{char}b", "ab") for char in "\ufeff\u061c\u180e\ufff9\U000e0041\ud800\ufdd0\uffff"],
        *[(f"a{char}b", "ab") for char in "\u200d\u200c\ufe0f\u034f\u3164\u115f\U000e0101"],
        *[(f"a{char}b", "a\nb") for char in ("\v", "\f", "\r", "\r\n", "\x85", "\u2028", "\u2029")],
        *[(f"a{char}b", "a b") for char in "\xa0\u2009\u202f\u2007\u2800"],
        ("e\u0301", "é"),
        ("👩\u200d\u200d👧", "👩\u200d👧"),
        ("\u200d\u200b", ""),
    ],
)
def test_what_cannot_be_seen_goes(typed: str, stored: str) -> None:
    assert clean_text(typed) == stored


def test_line_has_neither_line_ends_nor_tabs() -> None:
    assert clean_line("a\vb\tc\r\nd\u2028e") == "a b c d e"


@given(TEXTS)
def test_any_text_can_be_stored_and_is_clean_after_once(typed: str) -> None:
    for clean in (clean_text, clean_line):
        stored = clean(typed)
        stored.encode()
        assert clean(stored) == stored
        assert not {unicodedata.category(char) for char in stored} & {"Cs"}
    assert "\r" not in clean_text(typed)
    assert "\n" not in clean_line(typed)


def test_piled_up_marks_take_no_time() -> None:
    assert len(clean_text("a" + "\u0300\u0316" * 200_000)) > 1000
