"""Questions that hang on another's answer, for pages without scripts."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from forms_app.models import FormPage, FormVersion, Submission
from tests.factories.fixtures import MakeForm

ADDRESS = {"email": "ana@example.org"}
ROLE = {
    "label": "Role",
    "field_type": "dropdown",
    "choices": "Principal\nOther",
    "clean_name": "role",
    "required": True,
}
OTHER = {
    "label": "Which one?",
    "field_type": "singleline",
    "clean_name": "which",
    "required": True,
    "show_if": "role",
    "show_if_value": "Other",
}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(ROLE, OTHER)


def send(form: FormPage, **answers: Any) -> Any:
    return Client().post(form.url, {**ADDRESS, **answers})


def names_on(response: Any) -> set[str]:
    """Return the fields that stand on the page for a browser without scripts."""
    page = BeautifulSoup(response.content, "html.parser")
    for waiting in page.find_all("template"):
        waiting.decompose()
    return {str(tag["name"]) for tag in page.select("form.form [name]")}


def test_question_waits_until_an_answer_calls_for_it(form: FormPage) -> None:
    first = Client().get(form.url)
    assert "which" not in names_on(first)
    again = send(form, role="Other")
    assert again.status_code == 200
    page = BeautifulSoup(again.content, "html.parser")
    assert "One more question" in page.text
    assert "There is a problem" not in page.text
    assert not page.title.text.startswith("Error")  # type: ignore[union-attr]
    assert page.select_one("[data-error-summary] a")["href"] == "#id_which"  # type: ignore[index]
    assert page.select_one("option[selected]")["value"] == "Other"  # type: ignore[index]
    assert {"which", "form-asked"} <= names_on(again)
    assert not Submission.objects.exists()


def test_asked_question_is_checked_and_stored(form: FormPage) -> None:
    asked = {"role": "Other", "form-asked": "which"}
    assert "Fill in “Which one?”." in send(form, **asked, which="").content.decode()
    assert send(form, **asked, which="Coach").status_code == 303
    assert Submission.objects.get().form_data["which"] == "Coach"


def test_question_that_is_not_asked_is_neither_required_nor_stored(form: FormPage) -> None:
    sent = send(form, role="Principal", which="left over", **{"form-asked": "which"})
    assert sent.status_code == 303
    assert "which" not in Submission.objects.get().form_data


def test_answer_of_a_question_no_longer_asked_comes_back_with_it(form: FormPage) -> None:
    """Without scripts it travels beside the page, until its question is asked again."""
    back = Client().post(form.url, {"role": "Principal", "which": "Coach", "form-asked": "which"})
    kept = BeautifulSoup(back.content, "html.parser").select("noscript input")
    assert {(tag["name"], tag["value"]) for tag in kept} == {
        ("which", "Coach"),
        ("form-asked", "which"),
    }


def test_chain_of_conditions_asks_one_after_the_other(make_form: MakeForm) -> None:
    third = {**OTHER, "label": "Since when?", "clean_name": "since", "show_if": "which"}
    form = make_form(ROLE, OTHER, {**third, "show_if_value": ""})
    assert send(form, role="Principal").status_code == 303
    one = send(form, role="Other")
    assert "which" in names_on(one)
    assert "since" not in names_on(one)
    two = send(form, role="Other", which="Coach", **{"form-asked": "which"})
    assert "since" in names_on(two)
    done = send(form, role="Other", which="Coach", since="2020")
    assert done.status_code == 303
    assert Submission.objects.get(form_data__since="2020")


@pytest.mark.parametrize(
    ("wanted", "ticked", "is_asked"),
    [("", True, True), ("", False, False), ("yes", True, True), ("no", False, True)],
)
def test_condition_can_hang_on_a_tick_box(
    make_form: MakeForm, wanted: str, ticked: bool, is_asked: bool
) -> None:
    box = {"label": "Join", "field_type": "checkbox", "clean_name": "join"}
    form = make_form(box, {**OTHER, "show_if": "join", "show_if_value": wanted})
    answer = send(form, **({"join": "on"} if ticked else {}))
    assert ("One more question" in answer.content.decode()) is is_asked
    assert (answer.status_code == 303) is not is_asked


def test_condition_that_names_no_question_asks_always(make_form: MakeForm) -> None:
    form = make_form({**OTHER, "show_if": "gone"}, {**ROLE, "show_if": "which"})
    assert {"which", "role"} <= names_on(Client().get(form.url)) | {"role"}
    assert send(form, which="Coach", role="Other").status_code == 303


def test_circle_of_conditions_ends(make_form: MakeForm) -> None:
    form = make_form({**ROLE, "show_if": "which"}, {**OTHER, "show_if": "role"})
    assert "role" in names_on(Client().get(form.url))
    assert send(form, role="Principal").status_code == 303


def test_page_is_the_same_for_every_stranger(form: FormPage) -> None:
    first, second = Client().get(form.url), Client().get(form.url)
    assert first.content == second.content
    assert "no-store" not in first["Cache-Control"]
    assert "<script>" not in first.content.decode()


def test_version_keeps_on_what_a_question_hung(form: FormPage) -> None:
    send(form, role="Principal")
    asked = FormVersion.objects.get().questions
    assert (asked["which"].show_if, asked["which"].show_if_value) == ("role", "Other")
    assert not asked["role"].show_if
