"""Every answer is in the export, under the words it was asked with, whatever became of the form."""

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from forms_app.listing.answer_columns import columns_of_form
from forms_app.models import FormField, FormPage, Submission
from tests.factories.exports import data_manager, exported, send
from tests.factories.fixtures import MakeForm

NAME: dict[str, Any] = {"clean_name": "name", "label": "Name", "field_type": "singleline"}


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def rename(form: FormPage, name: str, label: str) -> None:
    FormField.objects.filter(page=form, clean_name=name).update(label=label)
    form.refresh_from_db()


def add(form: FormPage, name: str, label: str, kind: str = "singleline") -> None:
    FormField.objects.create(
        page=form, clean_name=name, label=label, field_type=kind, sort_order=99
    )


def test_renamed_question_tells_both_wordings(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    send(form, name="Zoë")
    rename(form, "name", "Full name")
    send(FormPage.objects.get(pk=form.pk), name="Ana")
    assert [row["Full name (also asked as “Name”)"] for row in exported(client)] == ["Zoë", "Ana"]


def test_removed_question_keeps_its_column(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    send(form, name="Zoë")
    FormField.objects.filter(page=form, clean_name="name").delete()
    assert exported(client)[0]["Name (no longer asked)"] == "Zoë"


def test_removed_questions_of_one_label_are_told_apart(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    send(form, name="first")
    FormField.objects.filter(page=form, clean_name="name").delete()
    add(form, "name_2", "Name")
    send(FormPage.objects.get(pk=form.pk), name_2="second")
    FormField.objects.filter(page=form, clean_name="name_2").delete()
    first, second = exported(client)
    assert first["Name (no longer asked) [name]"] == "first"
    assert second["Name (no longer asked) [name_2]"] == "second"


def test_questions_come_in_the_order_of_the_form_and_removed_ones_last(
    make_form: MakeForm,
) -> None:
    form = make_form(NAME, {**NAME, "clean_name": "role", "label": "Role"})
    send(form, name="Zoë")
    FormField.objects.filter(page=form, clean_name="name").delete()
    assert [name for name, _heading in columns_of_form(form.form_key)][3:] == [
        "email",
        "role",
        "name",
    ]


def test_words_between_the_questions_are_no_column(make_form: MakeForm) -> None:
    form = make_form(NAME)
    add(form, "welcome", "Welcome", "content")
    add(form, "step_2", "About you", "step")
    send(FormPage.objects.get(pk=form.pk), name="Zoë")
    assert [name for name, _heading in columns_of_form(form.form_key)][3:] == ["email", "name"]


def test_all_forms_are_joined_in_one_table(client: Client, make_form: MakeForm) -> None:
    send(make_form(NAME, title="Guides"), name="Zoë")
    send(make_form({**NAME, "clean_name": "role", "label": "Role"}, title="News"), role="Teacher")
    rows = exported(client)
    assert [(row["Form"], row["Name"], row["Role"]) for row in rows] == [
        ("Guides", "Zoë", ""),
        ("News", "", "Teacher"),
    ]


def test_export_of_one_form_has_no_column_of_another(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME, title="Guides")
    send(form, name="Zoë")
    send(make_form({**NAME, "clean_name": "role", "label": "Role"}, title="News"), role="Teacher")
    (row,) = exported(client, form=str(form.form_key))
    assert row["Name"] == "Zoë"
    assert "Role" not in row


def test_answers_to_a_deleted_form_are_exported(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME, title="Guides")
    send(form, name="Zoë")
    FormPage.objects.get(pk=form.pk).delete()
    (row,) = exported(client)
    assert (row["Form"], row["Name (no longer asked)"]) == ("Guides", "Zoë")


def test_what_staff_sent_to_try_a_form_is_left_out(client: Client, make_form: MakeForm) -> None:
    form = make_form(NAME)
    send(form, name="Zoë")
    Submission.objects.filter(pk=send(form, name="Test").pk).update(is_test=True)
    assert [row["Name"] for row in exported(client)] == ["Zoë"]


LABELS = st.text(st.characters(codec="utf-8", exclude_categories=["C"]), min_size=1, max_size=20)
EDITS = st.lists(
    st.one_of(
        st.tuples(st.just("rename"), LABELS),
        st.tuples(st.just("remove"), st.just("")),
        st.tuples(st.just("add"), LABELS),
        st.tuples(st.just("answer"), LABELS),
        st.tuples(st.just("delete"), st.just("")),
    ),
    max_size=12,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(edits=EDITS)
def test_every_answer_is_there_under_its_words_after_any_edits(
    client: Client, make_form: MakeForm, edits: list[tuple[str, str]]
) -> None:
    Submission.objects.all().delete()
    form: FormPage | None = make_form(NAME, title="Any")
    asked: dict[str, list[tuple[str, str]]] = {}
    for number, (edit, text) in enumerate([*edits, ("answer", "last")]):
        if form is None:
            break
        fields = FormField.objects.filter(page=form).exclude(clean_name="email").order_by("pk")
        if edit == "rename" and (field := fields.last()):
            rename(form, field.clean_name, text)
        elif edit == "remove" and (field := fields.first()):
            field.delete()
        elif edit == "add":
            add(form, f"field_{number}", text)
        elif edit == "delete":
            FormPage.objects.get(pk=form.pk).delete()
            form = None
        elif edit == "answer":
            given_now = {field.clean_name: f"{text} {number}" for field in fields}
            receipt = send(FormPage.objects.get(pk=form.pk), **given_now).receipt
            asked[receipt] = [(field.label, given_now[field.clean_name]) for field in fields]
    rows = {row["Receipt number"]: row for row in exported(client)}
    assert set(rows) == set(asked)
    for receipt, told in asked.items():
        for label, answer in told:
            assert any(label in head and cell == answer for head, cell in rows[receipt].items())
