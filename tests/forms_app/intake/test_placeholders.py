"""Each question of a form can be put into a mail, whatever it is called and once was."""

import pytest
from django.test import Client

from eoc_cms.core.models import OutgoingMail
from forms_app.editing.form_page_rules import mail_problems
from forms_app.models import FormField, FormPage
from forms_app.placeholders import places_of
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn
from tests.factories.pages import publish
from tests.factories.visitor import Visitor

LINE = {"field_type": "singleline"}


def mailed() -> str:
    return OutgoingMail.objects.get().text.split("\n\n")[0]


def send(form: FormPage, **answers: str) -> str:
    Client().post(form.url, {"email": "ana@example.org", **answers})
    return mailed()


@pytest.mark.parametrize(
    ("labels", "places"),
    [
        (["Role"], ["Role"]),
        (
            ["Title", "LINK", " receipt "],
            ["Title (question)", "LINK (question)", "receipt (question)"],
        ),
        (["Role", "role"], ["Role 1", "role 2"]),
        (["Role", "Role", "Role 2"], ["Role 1", "Role 3", "Role 2"]),
        (["Title", "Title"], ["Title (question) 1", "Title (question) 2"]),
        (["What {x} is}", "a\u200b  b"], ["What x is", "a b"]),
        (["x" * 255], ["x" * 255]),
    ],
)
def test_each_question_has_a_placeholder_of_its_own(labels: list[str], places: list[str]) -> None:
    assert list(places_of(dict(zip("abcdefgh", labels, strict=False))).values()) == places


def test_order_of_the_questions_changes_no_placeholder() -> None:
    labels = {"role": "Role", "role_2": "Role", "role_10": "Role"}
    places = places_of(labels)
    assert places == {"role": "Role 1", "role_2": "Role 2", "role_10": "Role 3"}
    assert places_of(dict(reversed(labels.items()))) == places


def test_question_called_as_ours_is_told_apart(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Title", **LINE},
        {"label": "Receipt", **LINE},
        visitor_mail_body="{Title (question)} of {title}, {receipt (question)}, {receipt}",
    )
    text = send(form, title="Dr.", receipt_2="mine")
    assert text.startswith("Dr. of A form, mine, EOC-")


def test_two_questions_with_one_label_are_told_apart(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Role", **LINE},
        {"label": "Role", **LINE},
        visitor_mail_body="{Role 1} and {role 2}",
    )
    assert send(form, role="Principal", role_2="Coach") == "Principal and Coach"


def test_publishing_refuses_what_could_be_two_questions() -> None:
    labels = {"role": "Role", "role_2": "Role"}
    told = str(mail_problems({"visitor_mail_body": "Dear {role}"}, labels)["visitor_mail_body"])
    assert told == (
        "More than one question is called “role”. Write {Role 1} or {Role 2}, as it stands under "
        "each of them."
    )
    assert not mail_problems({"visitor_mail_body": "Dear {Role 2}"}, labels)


def test_editor_reads_under_each_question_what_to_write(
    make_form: MakeForm, sign_in: SignIn
) -> None:
    form = make_form(
        {"label": "Role", **LINE}, {"label": "Role", **LINE}, {"label": "Link", **LINE}
    )
    page = sign_in(SUPERUSER).get(f"/admin/pages/{form.pk}/edit/").content.decode()
    for place in ("{E-mail}", "{Role 1}", "{Role 2}", "{Link (question)}"):
        assert f"In mails, {place} becomes the answer to this." in page


def test_relabelled_question_keeps_its_answer_under_both_names(make_form: MakeForm) -> None:
    form = make_form({"label": "Role", **LINE}, visitor_mail_body="{Role}|{Position}")
    visitor = Visitor(form.url)
    form.form_fields.filter(clean_name="role").update(label="Position")
    publish(FormPage.objects.get(pk=form.pk))
    visitor.press(email="ana@example.org", role="Principal")
    assert mailed() == "Principal|Principal"


def test_other_question_of_an_old_name_is_not_answered_with_it(make_form: MakeForm) -> None:
    form = make_form({"label": "Role", **LINE}, visitor_mail_body="{Role}|{Position}")
    visitor = Visitor(form.url)
    form.form_fields.filter(clean_name="role").update(label="Position")
    FormField.objects.create(page=form, label="Role", clean_name="role_2", sort_order=9, **LINE)
    publish(FormPage.objects.get(pk=form.pk))
    visitor.press(email="ana@example.org", role="Principal")
    assert mailed() == "|Principal"


def test_mail_published_before_that_holds_all_it_could_mean(make_form: MakeForm) -> None:
    fields = ({"label": "Role", **LINE}, {"label": "Role", **LINE})
    form = make_form(*fields, visitor_mail_body="{Role}")
    assert send(form, role="Principal", role_2="Coach") == "Principal; Coach"
