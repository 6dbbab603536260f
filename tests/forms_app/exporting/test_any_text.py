"""Any text goes in or is refused in plain words, and comes out whole or marked as shortened."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from eoc_cms.core.spreadsheets.xlsx_cells import MAX_CELL
from eoc_cms.core.typed_text import clean_line, clean_text
from forms_app.models import FormPage, Submission
from tests.factories.exports import LIST, body, data_manager, exported, sheets
from tests.factories.fixtures import MakeForm

LONGEST = 100_000
TYPES = ("singleline", "multiline", "hidden", "phone", "postcode", "url", "number", "date")
REFUSALS = ("too long", "Write a", "Enter a valid", "shorten it", "Choose")
TEXT = st.text(st.characters(codec="utf-8"), min_size=1, max_size=60)


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    fields = [
        {"clean_name": kind, "label": f"As {kind}", "field_type": kind, "required": False}
        for kind in TYPES
    ]
    fields[1]["max_length"] = LONGEST
    return make_form(*fields)


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def sent(form: FormPage, name: str, text: str) -> str:
    """Send one answer; return the page that refuses it, or nothing when it was taken."""
    answer = Client().post(form.url, {"email": "ana@example.org", name: text})
    assert answer.status_code in {200, 303}
    return answer.content.decode() if answer.status_code == 200 else ""


@settings(
    max_examples=40,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(name=st.sampled_from(TYPES), text=TEXT)
@example(name="multiline", text="=HYPERLINK(1)")
@example(name="singleline", text="\u202eright to left 🌻 \U000e0001\U0010fffd")
@example(name="multiline", text="é" * LONGEST)
@example(name="multiline", text="x" * (LONGEST + 1))
@example(name="singleline", text="a\x00b\x07c")
@example(name="phone", text="+1 404 555 0100 ext. 7")
@example(name="postcode", text="00501")
def test_text_is_kept_and_exported_or_refused_in_words(
    form: FormPage, client: Client, name: str, text: str
) -> None:
    Submission.objects.all().delete()
    refused = sent(form, name, text)
    if refused:
        assert any(words in refused for words in REFUSALS)
        assert not Submission.objects.exists()
        return
    kept = Submission.objects.get().form_data[name]
    # A form's own rules: what nobody sees and blanks round an answer are none of it.
    plain = clean_text(text) if name == "multiline" else clean_line(text)
    assert name not in {"singleline", "multiline", "hidden"} or kept == plain.strip()
    assert exported(client)[0][f"As {name}"] == kept
    cell = in_workbook(client, f"As {name}")
    # Excel ends lines with LF and holds 32,767 characters; what it cannot show is marked.
    lines = kept.replace("\r\n", "\n").replace("\r", "\n")
    is_marked = (len(kept) > MAX_CELL and "hortened" in cell) or "�" in cell
    assert cell == lines or is_marked


def in_workbook(client: Client, heading: str) -> str:
    headings, row, *_ = next(iter(sheets(body(client.get(LIST, {"export": "xlsx"}))).values()))
    return row[headings.index(heading)]
