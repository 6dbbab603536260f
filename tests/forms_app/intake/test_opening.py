"""A form opens, closes and fills up by itself, and nothing typed is lost at its edge."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from forms_app.editing.form_page_rules import opening_problems
from forms_app.models import FormPage, Submission
from tests.factories.fixtures import MakeForm, Wait

DAY = timedelta(days=1)


def send(form: FormPage, email: str, **answers: str) -> str:
    answer = Client().post(form.url, {"email": email, **answers}, follow=True)
    return answer.content.decode()


def test_form_says_when_it_opens_and_opens_by_itself(make_form: MakeForm, wait: Wait) -> None:
    form = make_form(opens_at=timezone.now() + DAY)
    closed = Client().get(form.url).content.decode()
    assert "This form opens on" in closed
    assert 'name="email"' not in closed
    wait(2 * DAY)
    cache.clear()  # keeps time by another clock
    assert 'name="email"' in Client().get(form.url).content.decode()


def test_kept_copy_of_a_page_does_not_outlive_the_opening(make_form: MakeForm) -> None:
    moment = timezone.now() + timedelta(seconds=90)
    for name in ("opens_at", "closes_at"):
        form = make_form(title=name, **{name: moment})
        assert form.page_view.next_change_at() == moment


def test_answer_sent_to_a_form_that_has_closed_is_shown_again(
    make_form: MakeForm, wait: Wait
) -> None:
    form = make_form(
        {"label": "Message", "field_type": "multiline"}, closes_at=timezone.now() + DAY
    )
    wait(2 * DAY)
    page = send(form, "ana@example.org", message="An hour of typing")
    assert "This form closed on" in page
    assert "An hour of typing" in page
    assert not Submission.objects.exists()


def test_editors_words_stand_in_place_of_a_closed_form(make_form: MakeForm, wait: Wait) -> None:
    form = make_form(closes_at=timezone.now() + DAY, closed_text="Come back in spring.")
    wait(2 * DAY)
    assert "Come back in spring." in Client().get(form.url).content.decode()


def test_form_closes_for_strangers_once_its_last_place_is_taken(
    make_form: MakeForm, django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    form = make_form(max_answers=2)
    assert 'name="email"' in Client().get(form.url).content.decode()
    for email in ("ana@example.org", "ben@example.org"):
        with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]
            send(form, email)
    assert "All places are taken" in Client().get(form.url).content.decode()


def test_place_taken_in_the_meantime_is_kept_for_staff(
    make_form: MakeForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    form = make_form(max_answers=1)
    send(form, "ana@example.org")
    monkeypatch.setattr(FormPage, "closed_notice", lambda self: "")  # looked before it was full
    send(form, "ben@example.org")
    held = Submission.objects.held().get()
    assert held.form_data["email"] == "ben@example.org"
    assert "places" in held.held_because


def test_one_answer_more_than_a_person_may_give_is_kept_and_promises_nothing(
    make_form: MakeForm,
) -> None:
    name = {"label": "Name", "field_type": "singleline"}
    form = make_form(name, max_per_person=1, thanks_title="You are signed up")
    first = send(form, "ana@example.org", name="Ana")
    again = send(form, "Ana@Example.org", name="Ana B.")
    assert Submission.objects.accepted().count() == Submission.objects.held().count() == 1
    assert "You are signed up" in first
    assert "You are signed up" not in again
    assert "We have your answer" in again


def test_closing_before_opening_is_refused() -> None:
    now = timezone.now()
    assert "closes_at" in opening_problems({"opens_at": now, "closes_at": now})
