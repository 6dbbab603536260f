"""Capitals, accents and ways of composing letters make no difference to any search."""

import unicodedata

import pytest
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Person, Submission
from forms_app.privacy.links import send_link
from home.groups import DATA_MANAGERS
from tests.factories.fixtures import MakeForm, SignIn

ADDRESS = "ana@münchen.de"
WORDS = "José Núñez of the Île"
STORY = {"label": "Story", "field_type": "multiline", "clean_name": "story"}
WRITINGS = [
    "José",
    "JOSÉ",
    "jose",
    unicodedata.normalize("NFD", "José"),
    "NÚÑEZ",
    unicodedata.normalize("NFD", "île").upper(),
]
ADDRESSES = [
    ADDRESS,
    "ana@MÜNCHEN.de",
    "ANA@münchen.DE",
    unicodedata.normalize("NFD", ADDRESS),
    "ana@xn--mnchen-3ya.de",
    "münchen",
    "MÜNCHEN",
    "xn--mnchen-3ya",
]


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(STORY, visitor_mail_body="Thank you")


@pytest.fixture
def answer(form: FormPage) -> Submission:
    Client().post(form.url, {"email": ADDRESS, "story": WORDS})
    Client().post(form.url, {"email": "zoe@example.org", "story": "Other words"})
    return Submission.objects.get(person__email=ADDRESS)


@pytest.mark.parametrize("asked", [*WRITINGS, *ADDRESSES])
def test_answers_are_found(answer: Submission, sign_in: SignIn, asked: str) -> None:
    found = sign_in(DATA_MANAGERS).get("/admin/forms_app/submission/", {"q": asked})
    assert [row.pk for row in found.context["page_obj"].object_list] == [answer.pk]


@pytest.mark.parametrize("asked", ADDRESSES)
def test_people_are_found(answer: Submission, sign_in: SignIn, asked: str) -> None:
    found = sign_in(DATA_MANAGERS).get("/admin/forms_app/person/", {"q": asked})
    assert [row.email for row in found.context["page_obj"].object_list] == [ADDRESS]


@pytest.mark.parametrize("typed", ADDRESSES[:5])
def test_privacy_search_finds_the_person_and_all_that_names_them(
    answer: Submission, form: FormPage, sign_in: SignIn, typed: str
) -> None:
    mention = f"Ask {ADDRESS.upper()} about it"
    Client().post(form.url, {"email": "zoe@example.org", "story": mention})
    send_link(ADDRESS.upper())
    found = sign_in(DATA_MANAGERS).get(reverse("forms_app_person_data"), {"email": typed})
    assert found.context["address"] == ADDRESS
    tables = {table.key: len(table.rows) for table, _lines in found.context["tables"]}
    assert (tables["person"], tables["answers"], tables["mails"]) == (1, 1, 2)
    assert [row.person.email for row in found.context["mentions"]] == ["zoe@example.org"]


@pytest.mark.parametrize("typed", ADDRESSES[:5])
def test_all_writings_of_an_address_are_one_person(form: FormPage, typed: str) -> None:
    Client().post(form.url, {"email": ADDRESS, "story": "One"})
    sent = Client().post(form.url, {"email": typed, "story": "Two"})
    assert sent.status_code == 303
    assert Person.objects.get().email == ADDRESS
    mailboxes = set(OutgoingMail.objects.values_list("mailbox", flat=True))
    assert mailboxes == {ADDRESS}


def test_address_that_outgrows_its_column_when_normalised_is_a_form_error(form: FormPage) -> None:
    long = "ana@" + "ﬃ" * 45 + "." + "ﬃ" * 45 + ".org"
    response = Client().post(form.url, {"email": long, "story": "Words"})
    assert response.status_code == 200
    assert "There is a problem" in response.content.decode()
    assert "send them again" not in response.content.decode()
