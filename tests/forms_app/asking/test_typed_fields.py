"""Telephones, numbers, dates and times are taken in whichever signs people write them."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from forms_app.models import FormPage, Submission
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn
from tests.factories.visitor import Visitor

ADDRESS = {"email": "ana@example.org"}
NUMBER = "Write a number with a point for decimals, such as 1,200 or 3.5."


def send(form: FormPage, extra: str) -> Any:
    return Client().post(form.url, {**ADDRESS, "extra": extra})


def stored() -> Any:
    return Submission.objects.get().form_data["extra"]


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("404\u2013555\u20130100", "404-555-0100"),
        ("404\u2012555\u20120100", "404-555-0100"),
        ("404\u2011555\u22120100", "404-555-0100"),
        ("\u200e+1\u00a0(404)\u202f555\u20090100\u200f", "+1 (404) 555 0100"),
        ("\uff0b\uff11 \uff14\uff10\uff14 555 0100", "+1 404 555 0100"),
        ("404\u00b7555\u20220100", "404.555.0100"),
        ("\u0660\u0661\u0662\u0663", "0123"),
        ("404-555-0100 ext. 5", "404-555-0100 ext. 5"),
    ],
)
def test_telephone_is_taken_with_any_dash_space_or_digit(
    make_form: MakeForm, typed: str, kept: str
) -> None:
    assert send(make_form({"label": "Extra", "field_type": "phone"}), typed).status_code == 303
    assert stored() == kept


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        *(
            (text, "1200")
            for text in ("1,200", "1 200", "1\xa0200", "1\u2009200", "1’200", "1'200")
        ),
        *(("1,234,567.50", "1234567.50"), ("12 345", "12345"), ("1200", "1200"), ("+5", "5")),
        *(
            ("\u0661\u0662", "12"),
            ("\uff11\uff12", "12"),
            ("\u0661\u066c\u0662\u0660\u0660", "1200"),
        ),
        *(
            ("\u22125", "-5"),
            ("\u20135", "-5"),
            ("-1,000.5", "-1000.5"),
            ("3.5", "3.5"),
            (".5", "0.5"),
        ),
        *(("1\u066b5", "1.5"), ("0", "0")),
    ],
)
def test_number_is_taken_as_people_write_it(make_form: MakeForm, typed: str, kept: str) -> None:
    assert send(make_form({"label": "Extra", "field_type": "number"}), typed).status_code == 303
    assert stored() == kept


@pytest.mark.parametrize(
    "typed",
    [
        "1,5",
        "1.200,5",
        "12,00",
        "1,2000",
        "1,200 300",
        "$5",
        "about 5",
        "1_2",
        "NaN",
        "1 2",
        "10²",
        "1½",
    ],
)
def test_number_that_could_mean_two_things_is_asked_again(make_form: MakeForm, typed: str) -> None:
    refused = send(make_form({"label": "Extra", "field_type": "number"}), typed)
    page = BeautifulSoup(refused.content, "html.parser")
    assert NUMBER in page.text
    control = page.select_one("input[name=extra]")
    assert control is not None
    # The browser's own input for numbers would show nothing.
    assert (control["value"], control["type"]) == (typed, "text")
    assert not Submission.objects.exists()


@pytest.mark.parametrize(
    ("typed", "kept", "shown"),
    [
        ("2026-03-31T14:30", "2026-03-31T14:30", "March 31, 2026, 2:30 p.m."),
        ("2026-03-31 14:30", "2026-03-31T14:30", "March 31, 2026, 2:30 p.m."),
        # The hour that the clocks leave out in spring, and the one they bring twice in autumn.
        ("2026-03-08T02:30", "2026-03-08T02:30", "March 8, 2026, 2:30 a.m."),
        ("2026-11-01T01:30", "2026-11-01T01:30", "Nov. 1, 2026, 1:30 a.m."),
        ("2026-03-31T14:30:15", "2026-03-31T14:30:15", "March 31, 2026, 2:30 p.m."),
        ("2026-03-31T14:30+05:00", "2026-03-31T14:30", "March 31, 2026, 2:30 p.m."),
    ],
)
@pytest.mark.parametrize("zone", ["America/New_York", "UTC", "Asia/Kolkata"])
def test_date_and_time_is_what_stands_on_the_wall(
    make_form: MakeForm, settings: Any, zone: str, typed: str, kept: str, shown: str
) -> None:
    settings.TIME_ZONE = zone
    assert send(make_form({"label": "Extra", "field_type": "datetime"}), typed).status_code == 303
    assert stored() == kept
    assert dict(Submission.objects.get().shown_answers())["Extra"] == shown


def test_date_and_time_is_reviewed_as_it_was_typed(make_form: MakeForm) -> None:
    extra = {"label": "Extra", "field_type": "datetime"}
    visitor = Visitor(make_form({"label": "More", "field_type": "step"}, extra).url)
    visitor.press("on", **ADDRESS)
    visitor.press("on", extra="2026-03-08T02:30")
    assert "March 8, 2026, 2:30 a.m." in visitor.text


@pytest.mark.parametrize("typed", ["tomorrow", "2026-02-30T10:00", "2026-03-31T25:00", "10:00"])
def test_no_date_and_time_is_asked_again(make_form: MakeForm, typed: str) -> None:
    refused = send(make_form({"label": "Extra", "field_type": "datetime"}), typed)
    assert "Write a date and time such as 2026-03-31 14:30." in refused.content.decode()


def test_older_answer_with_an_offset_is_shown_as_it_was_typed(
    make_form: MakeForm, sign_in: SignIn
) -> None:
    send(make_form({"label": "Extra", "field_type": "datetime"}), "2026-03-31T14:30")
    answer = Submission.objects.get()
    answer.form_data["extra"] = "2026-03-31T14:30:00-04:00"
    answer.save()
    page = sign_in(SUPERUSER).get(f"/admin/forms_app/submission/inspect/{answer.pk}/")
    assert "March 31, 2026, 2:30 p.m." in page.content.decode()
