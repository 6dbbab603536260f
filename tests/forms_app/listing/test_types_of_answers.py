"""An answer is a cell of the type its question had when it was answered."""

from datetime import datetime
from typing import Any

import pytest
from django.test import Client

from eoc_cms.core.spreadsheets.cells import split_options
from forms_app.models import FormField, FormPage
from tests.factories.exports import LIST, body, data_manager, exported, send, typed_sheets
from tests.factories.fixtures import MakeForm


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def asked(kind: str, **more: Any) -> dict[str, Any]:
    return {"clean_name": "asked", "label": "Asked", "field_type": kind, **more}


def in_workbook(client: Client) -> list[Any]:
    headings, *lines = typed_sheets(body(client.get(LIST, {"export": "xlsx"})))["Rows"]
    return [line[headings.index("Asked")] for line in lines]


@pytest.mark.parametrize(
    ("kind", "answer", "cell", "text"),
    [
        ("number", "3.50", 3.5, "3.50"),
        ("number", "-12", -12, "-12"),
        ("number", "1234567890123456", "1234567890123456", "1234567890123456"),
        ("number", "007", "007", "007"),
        ("number", "1e5", "1e5", "1e5"),
        ("number", "many", "many", "many"),
        ("date", "2026-03-31", datetime(2026, 3, 31), "2026-03-31"),
        ("date", "1776-07-04", "1776-07-04", "1776-07-04"),
        ("date", "20260331", "20260331", "20260331"),
        ("date", "soon", "soon", "soon"),
        ("datetime", "2026-03-31T14:30", datetime(2026, 3, 31, 14, 30), "2026-03-31 14:30:00"),
        # Early answers name an offset; the hour on the wall is the one that was typed.
        (
            "datetime",
            "2026-03-31T14:30:00-07:00",
            datetime(2026, 3, 31, 14, 30),
            "2026-03-31 14:30:00",
        ),
        # An hour that the clock change leaves out is still what was typed.
        ("datetime", "2026-03-08T02:30", datetime(2026, 3, 8, 2, 30), "2026-03-08 02:30:00"),
        ("datetime", "2026-02-30T14:30", "2026-02-30T14:30", "2026-02-30T14:30"),
        ("checkbox", True, True, "yes"),
        ("consent", False, False, "no"),
        ("singleline", "2026-03-31", "2026-03-31", "2026-03-31"),
        ("postcode", "02134", "02134", "02134"),
        ("phone", "4045550100", "4045550100", "4045550100"),
        ("dropdown", "12", "12", "12"),
    ],
)
def test_answer_is_a_cell_of_its_type(
    client: Client, make_form: MakeForm, kind: str, answer: Any, cell: Any, text: str
) -> None:
    send(make_form(asked(kind)), asked=answer)
    (found,) = in_workbook(client)
    assert found == cell
    assert type(found) is type(cell)
    assert [row["Asked"] for row in exported(client)] == [text]


def test_type_is_that_of_the_time_of_the_answer(client: Client, make_form: MakeForm) -> None:
    form = make_form(asked("singleline"))
    send(form, asked="12")
    FormField.objects.filter(page=form, clean_name="asked").update(field_type="number")
    send(FormPage.objects.get(pk=form.pk), asked="12")
    assert in_workbook(client) == ["12", 12]


def test_what_is_known_of_an_answer_has_its_types_too(client: Client, make_form: MakeForm) -> None:
    receipt = send(make_form(asked("singleline")), asked="x").receipt
    headings, line = typed_sheets(body(client.get(LIST, {"export": "xlsx"})))["Rows"]
    known = dict(zip(headings, line, strict=True))
    assert known["Receipt number"] == receipt
    assert isinstance(known["Sent (America/New_York)"], datetime)
    assert known["Starred"] is False


def test_options_can_be_told_apart_in_any_file(client: Client, make_form: MakeForm) -> None:
    form = make_form(asked("checkboxes"))
    options = ["Yes; really", r"C:\dir", "No"]
    for answer in (options, options[:1]):
        send(form, asked=answer)
    # A single choice earlier, several since: one column, in which all is split alike.
    FormField.objects.filter(page=form, clean_name="asked").update(field_type="radio")
    send(FormPage.objects.get(pk=form.pk), asked="Yes; really")
    for cells in (in_workbook(client), [row["Asked"] for row in exported(client)]):
        assert [split_options(cell) for cell in cells] == [options, options[:1], options[:1]]


def test_semicolon_in_a_text_of_another_question_stays_as_it_is(
    client: Client, make_form: MakeForm
) -> None:
    send(make_form(asked("singleline")), asked="a; b")
    assert [row["Asked"] for row in exported(client)] == ["a; b"]
