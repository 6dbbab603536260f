"""What an editor writes as “ask only when”, and what they are told when it cannot be."""

from collections.abc import Callable
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text

from eoc_cms.core.models import User
from forms_app.models import FormPage
from tests.factories.fixtures import MakeForm

EMAIL = {"id": "email", "label": "E-mail", "field_type": "email", "required": "on"}
ROLE = {"label": "Role", "field_type": "dropdown", "choices": "Principal\nOther leader"}
WHICH = {"label": "Which one?", "field_type": "singleline"}
Save = Callable[..., Any]


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form()


@pytest.fixture
def save(form: FormPage) -> Save:
    """Publish the form with these fields, as the editor's page would; return what it is told."""
    User.objects.create_superuser("admin", "admin@example.org", "secret")
    client = Client()
    client.login(username="admin", password="secret")
    page_type: Any = FormPage
    edit_form = page_type.get_edit_handler().get_form_class()

    def saved(*fields: dict[str, Any], delivery: str = "page") -> dict[str, Any]:
        page = FormPage.objects.get(pk=form.pk)
        stored = {field.clean_name: field.pk for field in page.form_fields.all()}
        rows = [
            {
                "choices": "",
                "content": rich_text(""),
                **field,
                "id": stored.get(str(field.get("id")), ""),
            }
            for field in fields
        ]
        data = nested_form_data(
            {
                **dict.fromkeys(("thanks_body-count", "comments-TOTAL_FORMS"), "0"),
                "comments-INITIAL_FORMS": "0",
                "title": page.title,
                "slug": page.slug,
                "delivery": delivery,
                "grant_scope": "form",
                "grant_days": "180",
                "retention_months": "24",
                "form_fields": inline_formset(rows, initial=sum(bool(row["id"]) for row in rows)),
            }
        )
        checked = edit_form(data, instance=page, for_user=User.objects.get())
        if checked.is_valid():
            checked.save(commit=False)
            page.save_revision().publish()
        told = [checked.errors, *(row.errors for row in checked.formsets["form_fields"].forms)]
        return {name: " ".join(texts) for row in told for name, texts in row.items()}

    return saved


def condition_of(form: FormPage, label: str) -> tuple[str, str]:
    field = FormPage.objects.get(pk=form.pk).form_fields.get(label=label)
    return field.show_if, field.show_if_value


def test_label_of_a_question_above_becomes_its_name(form: FormPage, save: Save) -> None:
    told = save(EMAIL, ROLE, {**WHICH, "show_if": " role ", "show_if_value": "other LEADER"})
    assert told == {}
    assert condition_of(form, "Which one?") == ("role", "Other leader")


def test_renaming_the_question_keeps_the_condition(form: FormPage, save: Save) -> None:
    save(EMAIL, ROLE, {**WHICH, "show_if": "Role"})
    told = save(
        EMAIL,
        {**ROLE, "id": "role", "label": "Your work"},
        # As the editor's page shows it, since nobody has touched it.
        {**WHICH, "id": "which_one", "show_if": "Role"},
    )
    assert told == {}
    assert condition_of(form, "Which one?")[0] == "role"


def test_deleting_the_question_a_condition_hangs_on_is_refused(form: FormPage, save: Save) -> None:
    save(EMAIL, ROLE, {**WHICH, "show_if": "Role"})
    told = save(
        EMAIL,
        {**ROLE, "id": "role", "DELETE": "on"},
        {**WHICH, "id": "which_one", "show_if": "Role"},
    )
    assert "“Role” is to be deleted, but this question hangs on it." in told["show_if"]
    assert FormPage.objects.get(pk=form.pk).form_fields.filter(label="Role").exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ([ROLE, {**WHICH, "show_if": "Rolle"}], "No question is called “Rolle”."),
        ([{**WHICH, "show_if": "Role"}, ROLE], "“Role” comes later."),
        ([{**WHICH, "show_if": "Which one?"}], "cannot hang on its own answer"),
        (
            [{"label": "Hello", "field_type": "content"}, {**WHICH, "show_if": "Hello"}],
            "“Hello” has no answer",
        ),
        ([ROLE, ROLE, {**WHICH, "show_if": "Role"}], "More than one question is called “Role”."),
        (
            [ROLE, {"label": "Next", "field_type": "step", "show_if": "Role"}],
            "A step is always there.",
        ),
    ],
)
def test_condition_that_cannot_be_is_explained(
    save: Save, fields: list[dict[str, str]], words: str
) -> None:
    assert words in save(EMAIL, *fields)["show_if"]


@pytest.mark.parametrize(
    ("parent", "value", "is_right"),
    [
        (ROLE, "Principal\nOther leader", True),
        (ROLE, "principal\nOther leader", True),
        (ROLE, "Teacher", False),
        ({"label": "Role", "field_type": "checkbox"}, "yes", True),
        ({"label": "Role", "field_type": "checkbox"}, "maybe", False),
        ({"label": "Role", "field_type": "us_state"}, "Georgia", True),
        ({"label": "Role", "field_type": "country"}, "Atlantis", False),
        ({"label": "Role", "field_type": "singleline"}, "Anything", True),
        (ROLE, "", True),
    ],
)
def test_answers_are_compared_with_the_choices(
    save: Save, parent: dict[str, str], value: str, is_right: bool
) -> None:
    told = save(EMAIL, parent, {**WHICH, "show_if": "Role", "show_if_value": value})
    assert ("show_if_value" not in told) is is_right
    if not is_right:
        assert f"“{value}” is not among the answers of “Role”" in told["show_if_value"]


def test_address_that_is_not_always_asked_cannot_be_where_a_link_goes(save: Save) -> None:
    assert save(EMAIL, delivery="mail") == {}
    save(EMAIL, ROLE)
    told = save({**ROLE, "id": "role"}, {**EMAIL, "show_if": "Role"}, delivery="mail")
    assert "A link can only be mailed to an address" in told["delivery"]


def test_editors_page_shows_the_label(form: FormPage, save: Save) -> None:
    save(EMAIL, ROLE, {**WHICH, "show_if": "Role"})
    client = Client()
    client.force_login(User.objects.get())
    shown = client.get(f"/admin/pages/{form.pk}/edit/").content.decode()
    box = BeautifulSoup(shown, "html.parser").select_one('[name="form_fields-2-show_if"]')
    assert box is not None
    assert box["value"] == "Role"
    assert "eoc/admin/form_builder" in shown


def test_two_new_questions_may_have_the_same_label(form: FormPage, save: Save) -> None:
    assert save(EMAIL, ROLE, ROLE) == {}
    names = FormPage.objects.get(pk=form.pk).form_fields.values_list("clean_name", flat=True)
    assert list(names) == ["email", "role", "role_2"]
