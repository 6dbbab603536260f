"""A code is read however it is typed, and nothing else is taken for it."""

import string

from hypothesis import given
from hypothesis import strategies as st

from resources.models.cohort_code import LENGTH, LETTERS, new_code, read_code


def test_code_holds_eighty_random_bits() -> None:
    assert len(LETTERS) ** LENGTH == 2**80
    assert not set("ILOU") & set(LETTERS)
    assert len({new_code() for _time in range(200)}) == 200


@given(
    code=st.text(LETTERS, min_size=LENGTH, max_size=LENGTH),
    between=st.lists(
        st.sampled_from(" -–—\t\u00a0\u2011\u200b\u2212"), min_size=LENGTH, max_size=LENGTH
    ),
    data=st.data(),
)
def test_code_is_read_however_it_is_typed(
    code: str, between: list[str], data: st.DataObject
) -> None:
    looks_like = {"0": "0Oo", "1": "1IiLl"}
    typed = "".join(
        data.draw(st.sampled_from(looks_like.get(char, char + char.lower()))) + gap
        for char, gap in zip(code, between, strict=True)
    )
    assert read_code(typed) == code
    full_width = typed.translate({ord(c): ord(c) + 0xFEE0 for c in string.ascii_letters})
    assert read_code(full_width) == code


@given(st.text())
def test_whatever_is_typed_is_a_code_or_none(typed: str) -> None:
    read = read_code(typed)
    assert read is None or (len(read) == LENGTH and set(read) <= set(LETTERS))


@given(
    code=st.text(LETTERS, min_size=LENGTH, max_size=LENGTH),
    at=st.integers(0, LENGTH - 1),
    other=st.sampled_from(LETTERS),
)
def test_one_other_letter_is_another_code(code: str, at: int, other: str) -> None:
    changed = code[:at] + other + code[at + 1 :]
    assert (read_code(changed) == read_code(code)) is (changed == code)
