"""What an editor writes for mails is filled with chosen answers, and can do no harm."""

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from eoc_cms.core.models import OutgoingMail
from forms_app.editing.form_page_rules import mail_problems
from forms_app.intake.harmless import harmless
from forms_app.models import FormPage
from forms_app.placeholders import fill_in, unknown_placeholders
from tests.factories.fixtures import MakeForm

NAME = {"label": "First name", "field_type": "singleline"}


def mail_to(address: str) -> OutgoingMail:
    return OutgoingMail.objects.get(recipient=address)


def send(form: FormPage, **answers: str) -> None:
    Client().post(form.url, {"email": "ana@example.org", **answers})


def test_visitor_reads_the_answers_that_the_editor_chose(make_form: MakeForm) -> None:
    form = make_form(
        NAME,
        visitor_mail_subject="Hello {first NAME}",
        visitor_mail_body="Dear {First name}, keep {receipt}.",
        visitor_reply_to="desk@example.org",
    )
    send(form, first_name="Ana")
    mail = mail_to("ana@example.org")
    assert mail.subject == "Hello Ana"
    assert f"Dear Ana, keep {mail.about}." in mail.text
    assert mail.reply_to == "desk@example.org"


def test_staff_read_the_editors_words_and_reply_to_the_visitor(make_form: MakeForm) -> None:
    form = make_form(
        NAME,
        staff_addresses="desk@example.org",
        staff_mail_subject="{First name} has written",
        staff_mail_body="From {First name}.",
        staff_reply_to_visitor=True,
    )
    send(form, first_name="Ana")
    mail = mail_to("desk@example.org")
    assert mail.subject == "Ana has written"
    assert "From Ana." in mail.text
    assert "/admin/" in mail.text
    assert mail.reply_to == "ana@example.org"


def test_mail_to_staff_holds_no_answer_unless_the_editor_chose_one(make_form: MakeForm) -> None:
    form = make_form(NAME, staff_addresses="desk@example.org")
    send(form, first_name="Ana")
    mail = mail_to("desk@example.org")
    assert "Ana" not in mail.subject + mail.text
    assert not mail.reply_to


@pytest.mark.parametrize(
    "answer", ["https://buy.example", "Click www.buy.example", "buy.example/now"]
)
def test_strangers_link_does_not_travel_in_mail_to_a_typed_address(
    make_form: MakeForm, answer: str
) -> None:
    form = make_form(NAME, visitor_mail_body="Dear {First name}")
    send(form, first_name=answer)
    mail = mail_to("ana@example.org")
    assert "buy" not in mail.text + mail.html
    assert "Dear …" in mail.text


def test_answer_with_braces_is_not_filled_in_itself(make_form: MakeForm) -> None:
    form = make_form(NAME, visitor_mail_body="Dear {First name}")
    send(form, first_name="{receipt} {link}")
    assert "Dear {receipt} {link}" in mail_to("ana@example.org").text


@given(st.text(), st.text())
def test_any_words_and_any_answer_make_a_mail(words: str, answer: str) -> None:
    assert isinstance(fill_in(words, {"First name": answer, "link": ""}), str)
    assert "\n" not in harmless(answer)


def test_place_for_a_question_that_is_not_asked_is_named() -> None:
    labels = {"first_name": "First name", "email": "E-mail"}
    assert unknown_placeholders("{Frist name} {title} {E-MAIL}", labels) == ["Frist name"]
    problems = mail_problems({"staff_mail_body": "{Frist name}"}, labels)
    assert "{First name}" in str(problems["staff_mail_body"])
