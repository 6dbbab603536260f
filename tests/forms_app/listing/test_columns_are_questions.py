"""A column is a question of a form; those of two forms share one where they are the same."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from forms_app.models import FormField, FormPage, SavedExport
from tests.factories.exports import LIST, SAVED, body, data_manager, exported, send, sheets, table
from tests.factories.fixtures import MakeForm

ROLE: dict[str, Any] = {"clean_name": "role", "label": "Role", "field_type": "singleline"}


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def copy_of(form: FormPage, title: str) -> FormPage:
    copy = form.copy(update_attrs={"title": title, "slug": title.lower()})
    return FormPage.objects.get(pk=copy.pk)


def change(form: FormPage, name: str = "role", **values: Any) -> FormPage:
    FormField.objects.filter(page=form, clean_name=name).update(**values)
    return FormPage.objects.get(pk=form.pk)


def answers(client: Client, **query: str) -> dict[str, list[str]]:
    """Return the filled cells of the columns that hold a role or a salary."""
    rows = exported(client, **query)
    headings = [name for name in rows[0] if "Role" in name or "Salary" in name]
    return {name: [row[name] for row in rows] for name in headings}


def test_copy_starts_as_the_same_question(client: Client, make_form: MakeForm) -> None:
    form = make_form(ROLE, title="Guides")
    send(form, role="Teacher")
    send(copy_of(form, "News"), role="Principal")
    assert answers(client) == {"Role": ["Teacher", "Principal"]}


@pytest.mark.parametrize(
    "values",
    [{"label": "Salary"}, {"field_type": "multiline"}, {"field_type": "number"}],
)
def test_copy_with_other_words_or_type_is_another_question(
    client: Client, make_form: MakeForm, values: dict[str, Any]
) -> None:
    form = make_form(ROLE, title="Guides")
    send(form, role="Teacher")
    send(change(copy_of(form, "News"), **values), role="10")
    assert list(answers(client).values()) == [["Teacher", ""], ["", "10"]]


def test_copy_that_asks_for_consent_to_other_words_is_another_question(
    client: Client, make_form: MakeForm
) -> None:
    form = make_form({**ROLE, "field_type": "consent", "consent_text": "Write to me."})
    send(form, role=True)
    send(change(copy_of(form, "News"), consent_text="Sell my data."), role=True)
    assert list(answers(client).values()) == [["yes", ""], ["", "yes"]]


def test_questions_of_two_forms_are_not_one_for_their_name(
    client: Client, make_form: MakeForm
) -> None:
    send(make_form(ROLE, title="Guides"), role="Teacher")
    send(make_form(ROLE, title="News"), role="Principal")
    assert answers(client) == {
        "Role [Guides]": ["Teacher", ""],
        "Role [News]": ["", "Principal"],
    }


def test_question_with_the_same_name_and_another_type_is_no_consent(
    client: Client, make_form: MakeForm
) -> None:
    school = {"clean_name": "school", "label": "School?", "field_type": "singleline"}
    send(make_form(school, title="Guides"), school="Lincoln High")
    school |= {"label": "School!", "field_type": "consent"}
    send(make_form(school, title="News"), school=True)
    rows = exported(client)
    assert [row["School?"] for row in rows] == ["Lincoln High", ""]
    assert [row["School!"] for row in rows] == ["", "yes"]


def test_copies_part_with_their_words_and_meet_again_with_them(
    client: Client, make_form: MakeForm
) -> None:
    form = make_form(ROLE, title="Guides")
    copy = copy_of(form, "News")
    send(form, role="Teacher")
    send(copy, role="Principal")
    assert len(answers(client)) == 1
    send(change(form, label="Role at school"), role="Nurse")
    assert list(answers(client).values()) == [["Teacher", "", "Nurse"], ["", "Principal", ""]]
    change(copy, label="Role at school")
    assert list(answers(client).values()) == [["Teacher", "Principal", "Nurse"]]


def test_copy_that_was_another_question_for_a_while_stays_apart(
    client: Client, make_form: MakeForm
) -> None:
    form = make_form(ROLE, title="Guides")
    send(form, role="Teacher")
    copy = copy_of(form, "News")
    send(change(copy, label="Salary"), role="10")
    send(change(copy, label="Role"), role="Principal")
    assert answers(client) == {
        "Role": ["Teacher", "", ""],
        "Role (also asked as “Salary”)": ["", "10", "Principal"],
    }


def test_two_questions_of_one_form_are_never_one(client: Client, make_form: MakeForm) -> None:
    form = make_form(ROLE, {**ROLE, "clean_name": "role_2"}, title="Guides")
    send(form, role="Teacher", role_2="Parent")
    assert answers(client) == {"Role [role]": ["Teacher"], "Role [role_2]": ["Parent"]}


def test_question_called_like_a_column_of_ours_is_told_apart(
    client: Client, make_form: MakeForm
) -> None:
    send(make_form({**ROLE, "label": "Receipt number"}, title="Guides"), role="R-1")
    assert exported(client)[0]["Receipt number [role]"] == "R-1"


# Where staff say that they are the same ---------------------------------------------------


def choosing(**values: Any) -> dict[str, Any]:
    return {"file_format": "csv", "joins_columns": "on", **values}


def roles(*forms: FormPage) -> list[str]:
    return [f"{form.form_key.hex}.role" for form in forms]


@pytest.fixture
def forms(make_form: MakeForm) -> list[FormPage]:
    forms = [make_form(ROLE, title=title) for title in ("Guides", "News", "Events")]
    for form in forms:
        send(form, role=form.title)
    return forms


CREATE = f"{SAVED}create/?list=forms_app.submission&filters="


def test_staff_can_put_the_same_words_into_one_column(
    client: Client, forms: list[FormPage]
) -> None:
    assert "joins_columns" in client.get(CREATE).content.decode()
    chosen = [":form", *roles(*forms)]
    file = body(client.post(CREATE, choosing(column=chosen, export="now")))
    assert table(file) == [["Form", "Role"], *[[form.title, form.title] for form in forms]]


def test_only_chosen_columns_are_joined(client: Client, forms: list[FormPage]) -> None:
    file = body(client.post(CREATE, choosing(column=roles(*forms[:2]), export="now")))
    assert table(file) == [["Role"], ["Guides"], ["News"], [""]]


def test_same_words_of_another_type_are_not_joined(client: Client, forms: list[FormPage]) -> None:
    change(forms[1], field_type="multiline")
    file = body(client.post(CREATE, choosing(column=roles(*forms), export="now")))
    assert table(file)[0] == ["Role [Guides, Events]", "Role [News]"]


def test_saved_export_keeps_what_staff_said(client: Client, forms: list[FormPage]) -> None:
    client.post(CREATE, choosing(column=roles(*forms), name="Roles", save="yes"))
    saved = SavedExport.objects.get()
    where = reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk])
    assert "one column for questions with the same words" in client.get(where).content.decode()
    assert table(body(client.post(where)))[0] == ["Role"]


def test_one_form_has_nothing_to_join(client: Client, forms: list[FormPage]) -> None:
    page = client.get(CREATE + quote(f"form={forms[0].form_key}")).content.decode()
    assert "joins_columns" not in page


def test_saved_column_of_copies_stays_whole_when_they_part(
    client: Client, make_form: MakeForm
) -> None:
    form = make_form(ROLE, title="Guides")
    copy = copy_of(form, "News")
    for each in (form, copy):
        send(each, role=each.title)
    client.post(CREATE, {"column": roles(form), "file_format": "csv", "name": "R", "save": "yes"})
    where = reverse("forms_app_savedexport_modeladmin_run", args=[SavedExport.objects.get().pk])
    assert table(body(client.post(where))) == [["Role"], ["Guides"], ["News"]]
    change(copy, label="Salary")
    assert table(body(client.post(where))) == [
        ["Role", "Salary (also asked as “Role”)"],
        ["Guides", ""],
        ["", "News"],
    ]
    copy.get_submissions().delete()
    assert table(body(client.post(where))) == [["Role"], ["Guides"]]
    form.get_submissions().delete()
    assert table(body(client.post(where))) == [["Role"]]


def test_workbook_tells_every_id_of_a_column(client: Client, make_form: MakeForm) -> None:
    form = make_form(ROLE, title="Guides")
    copy = copy_of(form, "News")
    for each in (form, copy):
        send(each, role=each.title)
    columns = sheets(body(client.get(LIST, {"export": "xlsx"})))["Columns"]
    assert {row[0] for row in columns} >= {", ".join(roles(form, copy)), ":receipt"}
