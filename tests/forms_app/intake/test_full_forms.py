"""A full form says so, and no longer once a place is free, whoever kept a copy of its page."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from forms_app.models import FormPage, Submission
from forms_app.privacy.erasing import erase_answers, erase_person
from forms_app.privacy.retention import purge
from tests.factories.fixtures import SUPERUSER, Make, MakeForm, SignIn, Wait
from tests.factories.pages import publish
from tests.factories.visitor import Visitor

pytestmark = pytest.mark.django_db(transaction=True)

Road = Callable[[Submission, Client], Any]


def act(answer: Submission, client: Client, do: str, **data: str) -> None:
    address = reverse("forms_app_answer_action", args=[answer.pk])
    assert client.post(address, {"do": do, **data}).status_code == 302


def allow_more(answer: Submission, client: Client) -> None:
    form = FormPage.objects.get(form_key=answer.form_key)
    form.max_answers = 2
    publish(form)


FREE: dict[str, Road] = {
    "erased": lambda answer, client: act(answer, client, "erase"),
    "marked as spam": lambda answer, client: act(answer, client, "hold"),
    "marked as test": lambda answer, client: act(answer, client, "test", value="yes"),
    "erased with its person": lambda answer, client: erase_person(email=answer.email),
    "erased with others": lambda answer, client: erase_answers(Submission.objects.all()),
    "limit raised": allow_more,
}


def is_open(page: Page) -> bool:
    return 'name="email"' in Client().get(page.url).content.decode()


def send(page: Page, email: str = "ana@example.org", **answers: str) -> Submission:
    assert Client().post(page.url, {"email": email, **answers}).status_code in {200, 303}
    return Submission.objects.get(email=email)


@pytest.mark.parametrize("road", FREE)
def test_place_that_is_free_again_is_offered_at_once(
    make_form: MakeForm, sign_in: SignIn, road: str
) -> None:
    form = make_form(max_answers=1)
    assert is_open(form)
    answer = send(form)
    assert not is_open(form)
    FREE[road](answer, sign_in(SUPERUSER))
    assert is_open(form)


def test_place_of_an_answer_that_is_too_old_is_offered_at_once(
    make_form: MakeForm, wait: Wait
) -> None:
    form = make_form(max_answers=1)
    send(form)
    assert not is_open(form)
    wait(timedelta(days=900))
    purge()
    assert is_open(form)


def test_guide_behind_a_form_follows_it(make: Make, make_form: MakeForm, sign_in: SignIn) -> None:
    form = make_form(max_answers=1)
    guide = make("Guide", gate_form=form)
    assert is_open(guide)
    answer = send(guide)
    assert not is_open(guide)
    act(answer, sign_in(SUPERUSER), "erase")
    assert is_open(guide)


@pytest.mark.parametrize("road", ["let through", "no test any more"])
def test_last_place_that_staff_give_closes_the_form_at_once(
    make_form: MakeForm, sign_in: SignIn, road: str
) -> None:
    client = sign_in(SUPERUSER)
    form = make_form(max_answers=1)
    answer = send(form)
    is_spam = road == "let through"
    act(answer, client, "hold") if is_spam else act(answer, client, "test", value="yes")
    assert is_open(form)
    act(answer, client, "deliver") if is_spam else act(answer, client, "test", value="no")
    assert not is_open(form)


def test_answer_too_many_from_an_open_page_is_kept_for_staff(make_form: MakeForm) -> None:
    form = make_form(max_answers=1)
    late = Visitor(form.url)
    send(form)
    late.press(email="ben@example.org")
    assert late.status == 303
    held = Submission.objects.held().get()
    assert held.email == "ben@example.org"
    assert "places" in held.held_because
