"""Several options in one cell can be told apart again, whatever is in them."""

from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.spreadsheets.cells import cell_text, join_options, split_options

OPTIONS = st.lists(st.text(st.sampled_from("a; \\\n,"), min_size=1) | st.text(min_size=1))


@given(OPTIONS)
def test_options_come_back_as_they_were(options: list[str]) -> None:
    assert split_options(join_options(options)) == options


@given(st.text())
def test_any_cell_can_be_read_as_options(cell: str) -> None:
    assert all(split_options(cell))


@pytest.mark.parametrize(
    ("options", "cell"),
    [
        (["Yes", "No"], "Yes; No"),
        (["Yes; really", "No"], r"Yes\; really; No"),
        (["C:\\", "D"], r"C:\\; D"),
        (["a;b"], r"a\;b"),
        ([], ""),
    ],
)
def test_options_are_joined_by_a_separator_that_none_can_hold(
    options: list[str], cell: str
) -> None:
    assert cell_text(options, time_zone=ZoneInfo("UTC")) == cell
    assert split_options(cell) == options
