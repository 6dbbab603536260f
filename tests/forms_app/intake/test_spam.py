"""Answers that may be spam are kept, with the reason; people behind one address are not held."""

import pytest
from django.test import Client

from forms_app.intake import spam
from forms_app.models import FormPage, Submission
from tests.factories.fixtures import MakeForm

WORDS = {"clean_name": "words", "label": "What do you need?", "field_type": "multiline"}
SITE = {"clean_name": "site", "label": "Your site", "field_type": "url"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form({**WORDS, "required": False}, {**SITE, "required": False})


def send(form: FormPage, email: str = "ana@example.org", **answers: str) -> Submission:
    response = Client().post(form.url, {"email": email, **answers})
    assert response.status_code == 303
    return Submission.objects.latest("pk")


def test_plain_answer_is_accepted(form: FormPage) -> None:
    answer = send(form, words="We start in May. See you there!")
    assert (answer.state, answer.held_because) == ("accepted", "")


def test_field_that_people_do_not_see_holds_an_answer(form: FormPage) -> None:
    answer = send(form, website_address="https://spam.example")
    assert answer.state == "held"
    assert answer.held_because == "A field that people do not see was filled in."


@pytest.mark.parametrize(
    "words",
    [
        "Buy https://a.example and https://b.example or https://c.example",
        "See [url=https://a.example]this[/url]",
        'See <a href="https://a.example">this</a>',
        "See [LINK https://a.example]",
    ],
)
def test_text_made_of_links_is_held(form: FormPage, words: str) -> None:
    answer = send(form, words=words)
    assert answer.state == "held"
    assert "links" in answer.held_because


def test_one_link_is_nothing_to_hold_an_answer_for(form: FormPage) -> None:
    assert send(form, words="Our plan: https://district.example.org/plan").state == "accepted"


def test_link_where_one_was_asked_for_is_no_sign(form: FormPage) -> None:
    answer = send(form, site="https://district.example.org", **{"form-seconds": "0.4"})
    assert answer.state == "accepted"


def test_being_quick_is_nothing_to_hold_an_answer_for(form: FormPage) -> None:
    assert send(form, **{"form-seconds": "0.4"}).state == "accepted"


def test_being_quick_and_sending_a_link_is(form: FormPage) -> None:
    answer = send(form, words="www.pills.example", **{"form-seconds": "0.4"})
    assert answer.state == "held"
    assert answer.held_because == (
        "It holds a link where none was asked for. "
        "It was sent sooner than a person can fill in the form."
    )


@pytest.mark.parametrize("seconds", ["", "soon", "-1", "nan", "1e999"])
def test_time_that_says_nothing_is_no_sign(form: FormPage, seconds: str) -> None:
    answer = send(form, words="www.district.example.org", **{"form-seconds": seconds})
    assert answer.state == "accepted"


def test_office_behind_one_address_is_not_held(form: FormPage) -> None:
    for number in range(60):
        assert send(form, f"person{number}@example.org").state == "accepted"


def test_link_from_a_network_that_sends_very_much_is_held(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spam, "MOST_FROM_ONE_NETWORK", 3)
    for number in range(4):
        send(form, f"person{number}@example.org")
    answer = send(form, "last@example.org", words="www.pills.example")
    assert answer.state == "held"
    assert "Many answers came from the same network today." in answer.held_because


def test_same_text_over_and_over_is_held_from_whatever_network(form: FormPage) -> None:
    words = "We offer the best furniture for every school in the whole country."
    states = []
    for number in range(spam.MOST_OF_ONE_TEXT + 1):
        client = Client(REMOTE_ADDR=f"198.51.100.{number}")
        client.post(form.url, {"email": f"person{number}@example.org", "words": words})
        states.append(Submission.objects.latest("pk").state)
    assert states[0] == "accepted"
    assert states[-1] == "held"


def test_same_address_over_and_over_is_held(
    form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(spam, "MOST_OF_ONE_ADDRESS", 5)
    states = [send(form, words=f"Number {number}").state for number in range(6)]
    assert states[0] == "accepted"
    assert states[-1] == "held"


def test_impatient_visitor_who_sends_twenty_times_is_not_held(form: FormPage) -> None:
    for _time in range(40):
        send(form, words="We would like to have the guide for our principals, please.")
    assert Submission.objects.get().state == "accepted"


def test_form_keeps_a_place_for_the_time_that_the_browser_measures(form: FormPage) -> None:
    assert 'name="form-seconds" data-seconds-here' in Client().get(form.url).content.decode()
