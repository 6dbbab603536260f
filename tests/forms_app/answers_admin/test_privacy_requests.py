"""The data manager finds a person, hands over what is held, or erases it."""

import json
from typing import Any
from uuid import uuid4

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Group
from django.test import Client

from eoc_cms.core.mail.outbox import mail_of, queue_mail
from eoc_cms.core.models import OutgoingMail, User
from eoc_cms.core.models.search_text import fold
from forms_app.models import ExportRecord, FormPage, FormRight, Person, Submission
from home.groups import DATA_MANAGERS, EDITORS
from tests.factories.fixtures import SignIn

PERSON, ERASE, EXPORT = (
    "/admin/answers/person/",
    "/admin/answers/person/erase/",
    "/admin/answers/person/export/",
)
ANA = "ana@example.org"


@pytest.fixture
def manager(sign_in: SignIn, form: FormPage) -> Client:
    Client().post(form.url, {"email": ANA})
    Client().post(form.url, {"email": "ben@example.org"})
    return sign_in(DATA_MANAGERS)


def words(answer: Any) -> str:
    return " ".join(BeautifulSoup(answer.content, "html.parser").get_text(" ").split())


@pytest.mark.parametrize("typed", [ANA, " ANA@Example.org ", "\uff41na@example.org"])
def test_person_is_found_however_the_address_is_written(manager: Client, typed: str) -> None:
    page = words(manager.get(PERSON, {"email": typed}))
    assert Submission.objects.get(person__email=ANA).receipt in page
    assert Submission.objects.get(person__email="ben@example.org").receipt not in page


def test_answers_of_others_that_mention_the_address_are_shown_and_stay_unless_ticked(
    manager: Client,
) -> None:
    mentioning = [nobodys("Ana@Example.org wrote this"), nobodys("ask ana@example.org")]
    page = words(manager.get(PERSON, {"email": ANA}))
    assert all(answer.receipt in page for answer in mentioning)
    manager.post(f"{ERASE}?email={ANA}", {"typed_again": ANA, "also": [mentioning[0].pk]})
    kept = set(Submission.objects.values_list("receipt", flat=True))
    assert mentioning[0].receipt not in kept
    assert mentioning[1].receipt in kept
    assert Person.objects.filter(email="ben@example.org").exists()


def test_no_answer_that_does_not_mention_the_address_can_be_named_with_it(manager: Client) -> None:
    bens = Submission.objects.get(person__email="ben@example.org")
    manager.post(f"{ERASE}?email={ANA}", {"typed_again": ANA, "also": [bens.pk, "x", "-1"]})
    assert Submission.objects.get() == bens


def nobodys(text: str) -> Submission:
    some = Submission.objects.filter(person__email="ben@example.org").get()
    return Submission.objects.create(
        form_key=some.form_key,
        version=some.version,
        form_data={"message": text},
        search_text=fold(text),
        repeat_key=uuid4().hex,
    )


def test_confirming_needs_the_address_typed_once_more(manager: Client) -> None:
    for typed in ("", "ben@example.org", "yes"):
        answer = manager.post(f"{ERASE}?email={ANA}", {"typed_again": typed})
        assert "Nothing was erased" in words(answer)
    assert Person.objects.filter(email=ANA).exists()
    manager.post(f"{ERASE}?email={ANA}", {"typed_again": " Ana@Example.org"})
    assert not Person.objects.filter(email=ANA).exists()


def test_before_erasing_the_page_lists_what_goes_and_what_stays(manager: Client) -> None:
    User.objects.create(username="ana", email=ANA)
    page = words(manager.get(ERASE, {"email": ANA}))
    assert "Answers: 1" in page
    assert "The account “ana” of staff" in page


def test_export_holds_everything_and_is_in_the_ledger(manager: Client) -> None:
    answer = manager.post(f"{EXPORT}?email={ANA}", {"format": "json"})
    held = json.loads(answer.content)["held"]
    assert held["answers"][0]["answers"] == [{"question": "E-mail", "answer": ANA}]
    assert ANA not in answer["Content-Disposition"]
    line = ExportRecord.objects.get()
    assert (line.username, line.filters) == ("data-managers", {"Person": ANA})
    assert line.row_count == line.expected_rows == sum(len(rows) for rows in held.values())


@pytest.mark.parametrize("file_format", ["", "pdf", "../json"])
def test_export_in_no_known_format_shows_the_page_again(manager: Client, file_format: str) -> None:
    answer = manager.post(f"{EXPORT}?email={ANA}", {"format": file_format})
    assert answer.status_code == 200
    assert not ExportRecord.objects.exists()


@pytest.mark.parametrize("address", [PERSON, ERASE, EXPORT, "/admin/answers/retention/"])
def test_right_to_one_form_shows_no_whole_person(
    manager: Client, sign_in: SignIn, form: FormPage, address: str
) -> None:
    FormRight.objects.create(
        group=Group.objects.get(name=EDITORS),
        form_key=form.form_key,
        may_export=True,
        may_erase=True,
    )
    editor = sign_in(EDITORS)
    for send in (editor.get, editor.post):
        answer = send(f"{address}?email={ANA}", {"typed_again": ANA, "format": "json"})
        assert answer.status_code in {302, 403, 405}
        assert ANA.encode() not in answer.content
    assert Person.objects.filter(email=ANA).exists()


def test_who_may_only_read_is_offered_neither_export_nor_erasure(
    manager: Client, sign_in: SignIn
) -> None:
    group = Group.objects.get(name=DATA_MANAGERS)
    group.permissions.remove(
        *group.permissions.filter(codename__in=["export_submission", "erase_submission"])
    )
    reader = sign_in(DATA_MANAGERS)
    page = words(reader.get(PERSON, {"email": ANA}))
    assert "Export as" not in page
    assert "Erase this person" not in page
    assert reader.post(f"{ERASE}?email={ANA}", {"typed_again": ANA}).status_code == 302
    assert reader.post(f"{EXPORT}?email={ANA}", {"format": "json"}).status_code == 302
    assert Person.objects.filter(email=ANA).exists()


def test_mail_of_an_address_without_a_person_can_be_erased_too(manager: Client) -> None:
    queue_mail(mail_of(to="New@example.org", subject="Hello", text="Words"))
    assert "Hello" in words(manager.get(PERSON, {"email": "new@example.org"}))
    manager.post(f"{ERASE}?email=new@example.org", {"typed_again": "new@example.org"})
    assert not OutgoingMail.objects.filter(subject="Hello").exists()


def test_answers_menu_leads_to_both_pages(manager: Client) -> None:
    menu = manager.get("/admin/").content.decode()
    assert PERSON in menu
    assert "/admin/answers/retention/" in menu


def test_erasing_names_the_address_and_counts_one_answer_as_one(manager: Client) -> None:
    assert ANA in words(manager.get(ERASE, {"email": ANA}))
    done = manager.post(f"{ERASE}?email={ANA}", {"typed_again": ANA}, follow=True)
    assert "Everything is erased: 1 answer, and what belonged to it." in words(done)


def test_language_of_an_answer_is_named_in_words(manager: Client) -> None:
    answer = Submission.objects.get(person__email=ANA)
    for page in (PERSON + f"?email={ANA}", f"/admin/forms_app/submission/inspect/{answer.pk}/"):
        assert "Language English" in words(manager.get(page))
