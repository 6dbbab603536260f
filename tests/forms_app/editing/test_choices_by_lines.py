"""Each line is a choice, and commas belong to its words."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from forms_app.models import FormPage, Submission
from tests.factories.fixtures import SUPERUSER, MakeForm, SignIn

ADDRESS = {"email": "ana@example.org"}
AGREE = "Yes, I agree"


def offered(form: FormPage) -> list[str]:
    page = BeautifulSoup(Client().get(form.url).content, "html.parser")
    tags = page.select("[name=extra] option, input[name=extra]")
    return [str(tag["value"]) for tag in tags if tag["value"]]


@pytest.mark.parametrize("kind", ["radio", "dropdown", "checkboxes", "multiselect"])
@pytest.mark.parametrize("choices", [AGREE, f"{AGREE}\n", f"{AGREE}\r\nNo, thanks,"])
def test_one_line_is_one_choice(make_form: MakeForm, kind: str, choices: str) -> None:
    form = make_form({"label": "Extra", "field_type": kind, "choices": choices})
    assert offered(form) == [line for line in choices.splitlines() if line]
    answer = Client().post(form.url, {**ADDRESS, "extra": AGREE})
    assert answer.status_code == 303
    assert Submission.objects.get().form_data["extra"] in (AGREE, [AGREE])


@pytest.mark.parametrize("kind", ["radio", "dropdown", "checkboxes", "multiselect"])
def test_choice_with_a_comma_can_be_put_in_beforehand(make_form: MakeForm, kind: str) -> None:
    extra = {"label": "Extra", "field_type": kind, "choices": f"{AGREE}\nNo"}
    form = make_form({**extra, "default_value": AGREE})
    page = BeautifulSoup(Client().get(form.url).content, "html.parser")
    chosen = page.select("[name=extra] [selected], input[name=extra][checked]")
    assert [tag["value"] for tag in chosen] == [AGREE]


def test_question_can_hang_on_a_choice_with_a_comma(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Extra", "field_type": "radio", "choices": f"{AGREE}\nNo"},
        {"label": "Why", "field_type": "singleline", "show_if": "extra", "show_if_value": AGREE},
    )
    answers = {**ADDRESS, "extra": AGREE, "why": "So", "form-asked": "why"}
    assert Client().post(form.url, answers).status_code == 303
    assert Submission.objects.get().form_data["why"] == "So"


def test_builder_says_so(make_form: MakeForm, sign_in: SignIn) -> None:
    form = make_form()
    page = sign_in(SUPERUSER).get(f"/admin/pages/{form.pk}/edit/").content.decode()
    assert "Commas belong to the words" in page
    assert "Comma or new line" not in page
