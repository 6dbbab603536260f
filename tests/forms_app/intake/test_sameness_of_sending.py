"""Sending twice is storing once; saying the same as somebody else is not.

With scripts, each opened form has a key that its browser made up; a visitor's page here
has none, as without scripts. Both ways are walked with requests at once and one by one.
"""

import secrets
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from django.db import connections
from django.test import Client

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Person, Submission
from tests.factories.pages import publish

MANY = 32
WORDS = {"colour": "blue"}
COLOUR = {"label": "Colour", "field_type": "singleline", "clean_name": "colour"}


@pytest.fixture
def form(make_form: Any) -> FormPage:
    form: FormPage = make_form(COLOUR)
    form.visitor_mail_body = "Thank you"
    return publish(form)


@pytest.fixture
def form_without_address(form: FormPage) -> FormPage:
    form.form_fields = form.form_fields.exclude(clean_name="email")  # type: ignore[misc]
    return publish(form)


def new_key() -> str:
    return secrets.token_urlsafe(24)


def send(url: str, answers: dict[str, str]) -> str:
    response = Client().post(url, answers)
    assert response.status_code == 303, response.content[:2000]
    return str(response["Location"])


def send_at_once(url: str, all_answers: list[dict[str, str]]) -> list[str]:
    def one(answers: dict[str, str]) -> str:
        try:
            return send(url, answers)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        return list(pool.map(one, all_answers))


@pytest.mark.parametrize("with_scripts", [True, False])
def test_equal_answers_of_many_people_behind_one_address_are_as_many_rows(
    form_without_address: FormPage, with_scripts: bool
) -> None:
    for _person in range(MANY):
        key = {"form-sending": new_key()} if with_scripts else {}
        send(form_without_address.url, {**WORDS, **key})
    assert Submission.objects.count() == MANY
    assert len(set(Submission.objects.values_list("receipt", flat=True))) == MANY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("with_scripts", [True, False])
def test_equal_answers_sent_at_once_by_many_people_are_as_many_rows(
    form_without_address: FormPage, with_scripts: bool
) -> None:
    keys = [{"form-sending": new_key()} if with_scripts else {} for _person in range(MANY)]
    send_at_once(form_without_address.url, [{**WORDS, **key} for key in keys])
    assert Submission.objects.count() == MANY


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("address", ["ana@example.org", ""])
def test_one_opened_form_sent_twenty_times_at_once_is_one_row_one_mail_one_receipt(
    form: FormPage, form_without_address: FormPage, address: str
) -> None:
    answers = {**WORDS, "form-sending": new_key()}
    if address:
        answers["email"] = address
        form.form_fields.create(label="E-mail", clean_name="email", field_type="email")
        publish(form)
    leads_to = send_at_once(form.url, [answers] * 20)
    stored = Submission.objects.get()
    assert OutgoingMail.objects.filter(about=stored.receipt).count() == (1 if address else 0)
    assert Person.objects.count() == (1 if address else 0)
    receipts = {Client().get(where).content.partition(b"EOC-")[2][:14] for where in set(leads_to)}
    assert len(receipts) == 1


def test_other_words_from_the_same_opened_form_are_another_answer(form: FormPage) -> None:
    key = new_key()
    for colour in ("blue", "green"):
        send(form.url, {"email": "ana@example.org", "colour": colour, "form-sending": key})
    assert Submission.objects.count() == 2


def test_same_person_in_two_windows_has_two_answers(form: FormPage) -> None:
    for key in (new_key(), new_key()):
        send(form.url, {"email": "ana@example.org", **WORDS, "form-sending": key})
    assert Submission.objects.count() == 2


def test_without_scripts_the_same_words_with_the_same_address_are_one(form: FormPage) -> None:
    for _press in range(3):
        send(form.url, {"email": "ana@example.org", **WORDS})
    send(form.url, {"email": "zoe@example.org", **WORDS})
    assert Submission.objects.count() == 2


@pytest.mark.parametrize("key", ["", "x", "a" * 21, "a" * 65, "ö" * 30, "a b" * 10, "../" * 10])
def test_key_that_no_browser_makes_merges_nobody(form_without_address: FormPage, key: str) -> None:
    for _person in range(3):
        send(form_without_address.url, {**WORDS, "form-sending": key})
    assert Submission.objects.count() == 3
