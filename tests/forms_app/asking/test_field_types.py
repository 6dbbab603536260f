"""Every type of field asks, checks and stores as it says, under whatever label."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.utils import translation

from forms_app.asking.regions import country_choices
from forms_app.field_names import name_for_label
from forms_app.field_types import FIELD_TYPES, WORDS_ONLY
from forms_app.intake.answering import blank_form
from forms_app.models import FormVersion, Submission
from tests.factories.fixtures import MakeForm

ADDRESS = {"email": "ana@example.org"}
# Labels that are words of Django, of this project, of no script that names are made of, or odd.
LABELS = [
    *("page", "receipt", "user", "prefix", "clean", "data", "fields", "errors", "is valid", "at"),
    *("submit time", "website address", "form step", "parts", "field order", "media", "step"),
    *("答え", "🌻", "-", "__all__", "<script>", "x" * 255, "Topic", "Topic", "Topic 2", "action"),
]


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def send(form: Any, **answers: Any) -> Any:
    return Client().post(form.url, {**ADDRESS, **answers})


@pytest.mark.parametrize("kind", [kind for kind, _label in FIELD_TYPES])
def test_every_type_can_be_left_empty_and_breaks_no_page(make_form: MakeForm, kind: str) -> None:
    choices = "red\ngreen"
    form = make_form({"label": "Extra", "field_type": kind, "choices": choices, "required": False})
    assert Client().get(form.url).status_code == 200
    assert send(form).status_code == 303
    stored = Submission.objects.get()
    assert ("extra" in stored.form_data) is (kind not in WORDS_ONLY)


@pytest.mark.parametrize("kind", ["singleline", "radio", "checkbox", "file", "content"])
def test_no_label_breaks_a_form(make_form: MakeForm, kind: str) -> None:
    form = make_form(
        *({"label": label, "field_type": kind, "choices": "a\nb\nc"} for label in LABELS)
    )
    page = soup_of(Client().get(form.url))
    ids = [tag["id"] for tag in page.select("form.form [id]")]
    assert len(ids) == len(set(ids))
    questions = 0 if kind == "content" else len(LABELS)
    assert len(blank_form(form).fields) == questions + 1
    names = [field.clean_name for field in form.form_fields.all()]
    answers = {name: "b" for name in names if name != "email"} if kind == "radio" else {}
    assert send(form, **answers).status_code == 303
    assert len(Submission.objects.get().form_data) == questions + 1


def test_empty_label_still_gets_a_name() -> None:
    assert name_for_label("", taken=()) == "field"
    assert name_for_label("", taken={"field"}) == "field_2"


def test_countries_begin_with_the_united_states_in_the_readers_language() -> None:
    assert country_choices()[0] == ("United States of America", "United States of America")
    with translation.override("es"):
        choices = country_choices()
    assert choices[0] == ("United States of America", "Estados Unidos")
    assert ("Germany", "Alemania") in choices
    assert len(choices) > 240


def test_country_is_stored_by_its_name_and_no_other_text_is(make_form: MakeForm) -> None:
    form = make_form({"label": "Country", "field_type": "country"})
    refused = send(form, country="Atlantis")
    assert "Choose one of the answers that are offered." in refused.content.decode()
    assert send(form, country="Kenya").status_code == 303
    assert Submission.objects.get().form_data["country"] == "Kenya"


def test_words_between_the_questions_are_shown_and_never_an_answer(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Before you go on", "field_type": "content", "content": "<p>Have it at hand</p>"},
        {"label": "Name", "field_type": "singleline"},
    )
    page = soup_of(Client().get(form.url))
    heading = page.find("h2", string="Before you go on")
    assert heading is not None
    assert "Have it at hand" in page.text
    assert send(form, name="Ana").status_code == 303
    stored = Submission.objects.get()
    assert stored.form_data == {"email": "ana@example.org", "name": "Ana"}
    assert [label for label, _answer in stored.shown_answers()] == ["E-mail", "Name"]
    assert "Before you go on" not in dict(form.get_data_fields()).values()
    # Still, what people read is kept with what they answered.
    assert FormVersion.objects.get().fields[1]["content"] == "<p>Have it at hand</p>"


def test_number_that_is_too_long_is_refused_in_plain_words(make_form: MakeForm) -> None:
    form = make_form({"label": "Count", "field_type": "number"})
    assert "This number is too long" in send(form, count="9" * 40).content.decode()
    assert send(form, count="3.50").status_code == 303
    assert Submission.objects.get().form_data["count"] == "3.50"


def test_choice_sent_a_thousand_times_counts_once(make_form: MakeForm) -> None:
    form = make_form({"label": "Days", "field_type": "checkboxes", "choices": "Mon\n\nTue\nMon"})
    assert len(soup_of(Client().get(form.url)).select("input[name=days]")) == 2
    assert send(form, days=["Tue"] * 1000 + ["Mon"]).status_code == 303
    assert Submission.objects.get().form_data["days"] == ["Tue", "Mon"]


def test_required_and_optional_are_said_in_words(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Topic", "field_type": "radio", "choices": "a\nb", "required": True},
        {"label": "Name", "field_type": "singleline"},
    )
    page = soup_of(Client().get(form.url))
    assert [" ".join(label.text.split()) for label in page.select(".field__label, legend")] == [
        "E-mail (required)",
        "Topic (required)",
        "Name (optional)",
    ]


def test_half_fields_are_marked_so_that_they_stand_side_by_side(make_form: MakeForm) -> None:
    form = make_form(
        {"label": "Given name", "field_type": "singleline", "width": "half"},
        {"label": "Family name", "field_type": "singleline", "width": "half"},
    )
    halves = soup_of(Client().get(form.url)).select(".form__part--half input")
    assert [half["name"] for half in halves] == ["given_name", "family_name"]


@pytest.mark.parametrize("ticked", [{}, {"agree": "on"}])
def test_tick_box_leaves_no_word_to_search_for(make_form: MakeForm, ticked: dict[str, str]) -> None:
    form = make_form({"clean_name": "agree", "label": "Agree", "field_type": "checkbox"})
    assert send(form, **ticked).status_code == 303
    assert Submission.objects.get().search_text == "ana@example.org"
