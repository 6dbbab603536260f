"""A visitor sees, downloads or erases what is held of them, and nobody else does."""

import csv
import io
import json
import re
import time
import zipfile
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from eoc_cms.core.models import OutgoingMail
from eoc_cms.core.spreadsheets.csv_writing import restore
from forms_app.asking.address_form import A_DAY_FOR_AN_ADDRESS
from forms_app.models import AnswerAct, ExportRecord, FormPage, Person, Submission
from forms_app.privacy import your_data
from forms_app.privacy.links import link_for
from tests.factories.fixtures import MakeForm

JANE = "jane@example.org"
OTHER = "ana@example.org"
CONSENT = "Yes, write to me about new guides."
FORMULA = "=HYPERLINK(1)"


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(
        {"clean_name": "name", "label": "Name", "field_type": "singleline"},
        {
            "clean_name": "updates",
            "label": "Updates",
            "field_type": "consent",
            "consent_text": CONSENT,
        },
        {"clean_name": "plan", "label": "Plan", "field_type": "file"},
        visitor_mail_body="Thank you",
    )


@pytest.fixture
def address(form: FormPage) -> str:
    """Give the address of Jane's page; Ana has sent the form as well."""
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 Jane's plan", "application/pdf")
    answers: dict[str, Any] = {"email": JANE, "name": FORMULA, "updates": "on", "plan": plan}
    assert Client().post(form.url, answers).status_code == 303
    Client().post(form.url, {"email": OTHER, "name": "Ana's own words"})
    return path_of(link_for(Person.objects.get(email=JANE)))


def path_of(link: str) -> str:
    return link.removeprefix("http://testserver")


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def test_mail_to_the_address_leads_to_the_page(address: str) -> None:
    OutgoingMail.objects.all().delete()
    answer = Client().post("/your-data/", {"email": "Jane@Example.ORG"}, follow=True)
    assert "Look into your mail" in answer.content.decode()
    mail = OutgoingMail.objects.get()
    assert mail.recipient == JANE
    [link] = re.findall(r"http://testserver(/your-data/\S+/)", mail.text)[:1]
    assert f'href="http://testserver{link}"' in mail.html
    page = Client().get(link).content.decode()
    assert "This is everything that is stored here" in page
    assert "Ana" not in page


def test_every_mail_to_a_visitor_leads_to_their_data(address: str) -> None:
    mail = OutgoingMail.objects.filter(recipient=JANE).get()
    assert "See or erase what we hold about you: http://testserver/your-data/\n" in mail.text
    assert 'href="http://testserver/your-data/"' in mail.html


def test_known_and_unknown_address_get_the_same_answer_after_the_same_work(address: str) -> None:
    OutgoingMail.objects.all().delete()
    answers, queries = [], []
    for email in (JANE, "nobody@example.org"):
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = Client().post("/your-data/", {"email": email})
        answers.append((answer.status_code, answer["Location"], answer.content))
        queries.append(len([q for q in captured if "DELETE" not in q["sql"]]))
    assert answers[0] == answers[1]
    assert abs(queries[0] - queries[1]) <= 1
    assert [mail.recipient for mail in OutgoingMail.objects.all()] == [JANE]


def test_one_address_is_mailed_so_often_a_day(address: str) -> None:
    cache.clear()
    OutgoingMail.objects.all().delete()
    for _number in range(A_DAY_FOR_AN_ADDRESS + 2):
        assert Client().post("/your-data/", {"email": JANE}).status_code == 303
    assert OutgoingMail.objects.count() == A_DAY_FOR_AN_ADDRESS


def test_program_that_fills_in_the_trap_and_a_foreign_page_mail_nothing(address: str) -> None:
    OutgoingMail.objects.all().delete()
    Client().post("/your-data/", {"email": JANE, "website_address": "x"})
    foreign = Client().post(
        "/your-data/", {"email": JANE}, headers={"Sec-Fetch-Site": "cross-site"}
    )
    assert foreign.status_code == 403
    assert not OutgoingMail.objects.exists()


@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_the_link_changes_nothing_and_shows_no_answer(address: str, method: str) -> None:
    for _time in range(2):
        answer = getattr(Client(), method)(f"{address}?do=erase")
        assert answer.status_code == 200
        assert b"HYPERLINK" not in answer.content
    assert Person.objects.filter(email=JANE).exists()
    assert not ExportRecord.objects.exists()


def test_pages_with_the_link_are_stored_and_told_nowhere(address: str) -> None:
    for answer in (
        Client().get(address),
        Client().post(address, {"do": "show"}),
        Client().post(address, {"do": "csv"}),
        Client().get("/your-data/"),
        Client().get("/your-data/changed/"),
    ):
        assert answer["Cache-Control"] == "private, no-store"
        assert answer["X-Robots-Tag"] == "noindex"
        assert answer["Referrer-Policy"] == "strict-origin"


def test_button_shows_every_answer_in_full(address: str) -> None:
    page = Client().post(address, {"do": "show"}).content.decode()
    for words in (FORMULA, CONSENT, "plan.pdf", JANE):
        assert words.replace("'", "&#x27;") in page


def test_download_as_json_says_what_was_asked_and_agreed_to(address: str) -> None:
    held = json.loads(body(Client().post(address, {"do": "json"})))["held"]
    [answer] = held["answers"]
    assert {"question": "Name", "answer": FORMULA} in answer["answers"]
    assert {"question": "Updates", "answer": "yes", "agreed_to": CONSENT} in answer["answers"]
    assert held["files"][0]["name"] == "plan.pdf"
    assert held["person"][0]["email"] == JANE


def test_download_as_csv_runs_nothing_and_gives_every_value_back(address: str) -> None:
    content = body(Client().post(address, {"do": "csv"})).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(content)))
    [cell] = [row[3] for row in rows if row[2] == "Name" and row[0] == "Answers"]
    assert cell == f"'{FORMULA}"
    assert restore(cell) == FORMULA


def test_download_with_files_holds_the_files(address: str) -> None:
    packed = zipfile.ZipFile(io.BytesIO(body(Client().post(address, {"do": "zip"}))))
    assert packed.read("files/1-plan.pdf") == b"%PDF-1.7 Jane's plan"
    assert {"personal-data.json", "personal-data.csv"} <= set(packed.namelist())


def test_own_download_stands_in_the_ledger_without_a_name(address: str) -> None:
    Client().post(address, {"do": "json"})
    line = ExportRecord.objects.get()
    assert (line.user, line.username, line.filters) == (None, "the person themselves", {})


def test_erasing_asks_once_more_and_then_erases_this_person_only(address: str) -> None:
    visitor = Client()
    asked = visitor.post(address, {"do": "ask"})
    assert "Erase everything about you?" in asked.content.decode()
    assert Person.objects.count() == 2
    done = visitor.post(address, {"do": "erase"}, follow=True)
    assert done.redirect_chain == [("/your-data/erased/", 303)]
    assert "Everything is erased" in done.content.decode()
    assert [person.email for person in Person.objects.all()] == [OTHER]
    assert Submission.objects.get().person.email == OTHER  # type: ignore[union-attr]
    act = AnswerAct.objects.get()
    assert (act.who, act.user, act.username) == ("The person themselves", None, "")


def test_page_of_another_site_can_press_no_button(address: str) -> None:
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        for wish in ("erase", "json", "show"):
            answer = Client().post(address, {"do": wish}, headers=headers)
            assert b"HYPERLINK" not in answer.content
    assert Person.objects.filter(email=JANE).exists()


def test_link_ends_after_an_hour_and_with_the_person(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    later = time.time() + 3601
    with monkeypatch.context() as clock:
        clock.setattr("time.time", lambda: later)
        assert Client().get(address).status_code == 410
    assert Client().get(address).status_code == 200
    Client().post(address, {"do": "erase"})
    refused = Client().post(address, {"do": "json"})
    assert refused.status_code == 410
    assert 'href="/your-data/"' in refused.content.decode()


def test_database_that_fails_erases_nothing_and_says_so(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(**_given: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(your_data, "erase_person", away)
    answer = Client().post(address, {"do": "erase"})
    assert answer.status_code == 503
    assert "Nothing was erased" in answer.content.decode()


@hypothesis_settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_link_changed_in_any_way_shows_nothing_and_is_no_error(
    address: str, data: st.DataObject
) -> None:
    token = address.removeprefix("/your-data/").rstrip("/")
    place = data.draw(st.integers(0, len(token) - 1))
    cut = data.draw(st.integers(0, 3))
    put = data.draw(st.text(st.characters(exclude_characters="/", codec="utf-8"), max_size=300))
    changed = token[:place] + put + token[place + cut :]
    answer = Client().post(f"/your-data/{quote(changed)}/", {"do": "json"})
    if changed != token:
        assert answer.status_code in {404, 410, 403, 303}
        assert b"HYPERLINK" not in answer.content
    assert Person.objects.filter(email=JANE).exists()


def test_moment_of_first_contact_is_told(address: str) -> None:
    held = json.loads(body(Client().post(address, {"do": "json"})))["held"]
    told = held["person"][0]["first_contact"]
    assert datetime.fromisoformat(told) > timezone.now() - timedelta(hours=1)


def test_times_are_told_as_people_read_them_and_staff_are_not_named(make_form: MakeForm) -> None:
    form = make_form(staff_addresses="desk@example.org", visitor_mail_body="Hello")
    Client().post(form.url, {"email": JANE})
    address = path_of(link_for(Person.objects.get()))
    page = Client().post(address, {"do": "show"}).content.decode()
    assert "+00:00" not in page
    assert f"{timezone.localtime():%Y}, " in page
    assert "Our staff" in page
    assert "desk@example.org" not in page
    assert b"desk@example.org" not in body(Client().post(address, {"do": "json"}))
