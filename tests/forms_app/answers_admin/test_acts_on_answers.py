"""Every button on an answer: done once, refused in words, and noted where it hides something."""

from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import OutgoingMail
from forms_app.models import AnswerAct, FormPage, FormRight, Submission
from home.groups import DATA_MANAGERS
from tests.factories.fixtures import SignIn

READERS = "Readers"
Kind = AnswerAct.Kind
# What a button does: the state of the answer before it, what is sent, and what is noted.
BUTTONS: dict[str, tuple[dict[str, Any], dict[str, str], str]] = {
    "deliver": ({"state": "held"}, {}, Kind.RELEASED),
    "hold": ({}, {}, Kind.HELD),
    "star": ({}, {"value": "yes"}, ""),
    "unstar": ({"is_starred": True}, {"do": "star", "value": "no"}, ""),
    "test": ({}, {"value": "yes"}, Kind.MARKED),
    "untest": ({"is_test": True}, {"do": "test", "value": "no"}, Kind.UNMARKED),
    "note": ({}, {"note": "Call back"}, ""),
    "erase": ({}, {}, Kind.ERASED),
}
HIDING = [name for name, (_state, _sent, noted) in BUTTONS.items() if noted]


@pytest.fixture
def answer(form: FormPage) -> Submission:
    Client().post(form.url, {"email": "ana@example.org"})
    return Submission.objects.get()


@pytest.fixture
def reader(answer: Submission, sign_in: SignIn) -> Client:
    group = Group.objects.create(name=READERS)
    group.permissions.add(Permission.objects.get(codename="access_admin"))
    FormRight.objects.create(group=group, form_key=answer.form_key, form_title="A form")
    return sign_in(READERS)


def press(client: Client, answer: Submission, name: str) -> list[str]:
    _state, sent, _noted = BUTTONS[name]
    address = reverse("forms_app_answer_action", args=[answer.pk])
    response = client.post(address, {"do": name, **sent}, follow=True)
    return [str(message) for message in response.context["messages"]]


def prepare(answer: Submission, name: str) -> None:
    Submission.objects.filter(pk=answer.pk).update(**BUTTONS[name][0])


def stored() -> list[dict[str, Any]]:
    return list(Submission.objects.order_by("pk").values())


@pytest.mark.parametrize("name", BUTTONS)
def test_second_press_does_nothing_and_says_so(
    answer: Submission, sign_in: SignIn, name: str
) -> None:
    manager = sign_in(DATA_MANAGERS)
    prepare(answer, name)
    before = stored()
    press(manager, answer, name)
    after, mails, acts = stored(), OutgoingMail.objects.count(), AnswerAct.objects.count()
    assert after != before
    assert press(manager, answer, name)
    assert (stored(), OutgoingMail.objects.count()) == (after, mails)
    assert AnswerAct.objects.count() == acts


@pytest.mark.parametrize("name", HIDING)
def test_what_takes_from_sight_needs_a_right_and_its_refusal_says_which(
    answer: Submission, reader: Client, name: str
) -> None:
    prepare(answer, name)
    before = stored()
    (told,) = press(reader, answer, name)
    assert "Your account may not" in told
    assert "Whoever looks after groups can give you that right." in told
    assert stored() == before
    assert not AnswerAct.objects.exists()


@pytest.mark.parametrize("name", [name for name in BUTTONS if name not in HIDING])
def test_who_may_read_may_star_and_note(answer: Submission, reader: Client, name: str) -> None:
    prepare(answer, name)
    before = stored()
    press(reader, answer, name)
    assert stored() != before


@pytest.mark.parametrize("name", HIDING)
def test_what_takes_from_sight_is_noted(answer: Submission, sign_in: SignIn, name: str) -> None:
    prepare(answer, name)
    press(sign_in(DATA_MANAGERS), answer, name)
    act = AnswerAct.objects.get()
    assert (act.kind, act.form_title, act.count) == (BUTTONS[name][2], answer.form_title, 1)
    assert act.user
    assert act.username == act.user.get_username()


@pytest.mark.parametrize("name", BUTTONS)
def test_answer_that_a_colleague_has_erased_is_told(
    answer: Submission, sign_in: SignIn, name: str
) -> None:
    manager = sign_in(DATA_MANAGERS)
    press(manager, answer, "erase")
    (told,) = press(manager, answer, name)
    assert told.startswith("1 answer is not there any more")


@pytest.mark.parametrize("do", ["", "publish", "<b>"])
def test_unknown_button_does_nothing_and_says_so(
    answer: Submission, sign_in: SignIn, do: str
) -> None:
    manager = sign_in(DATA_MANAGERS)
    before = stored()
    for address, data in (
        (reverse("forms_app_answer_action", args=[answer.pk]), {"do": do}),
        (reverse("forms_app_answers_chosen"), {"do": do, "answers": [answer.pk]}),
    ):
        told = manager.post(address, data, follow=True).context["messages"]
        words = "Nothing was done: this site has no such button."
        assert [str(message).strip() for message in told] == [words]
    assert stored() == before


@pytest.mark.parametrize("do", ["deliver", "erase"])
def test_ticked_answers_that_are_not_in_the_tray_any_more_are_told(
    answer: Submission, sign_in: SignIn, do: str
) -> None:
    manager = sign_in(DATA_MANAGERS)
    prepare(answer, "deliver")
    sent = {"do": do, "answers": [answer.pk, "x", "9" * 30]}
    address = reverse("forms_app_answers_chosen")
    first = [str(each) for each in manager.post(address, sent, follow=True).context["messages"]]
    assert len(first) == 1
    second = [str(each) for each in manager.post(address, sent, follow=True).context["messages"]]
    assert second[0].startswith("1 answer is not there any more")
    assert AnswerAct.objects.count() == 1


@pytest.mark.parametrize("do", ["deliver", "erase"])
def test_ticked_answers_need_the_right_too(answer: Submission, reader: Client, do: str) -> None:
    prepare(answer, "deliver")
    sent = {"do": do, "answers": [answer.pk]}
    told = reader.post(reverse("forms_app_answers_chosen"), sent, follow=True).context["messages"]
    assert "Your account may not" in str(next(iter(told)))
    assert Submission.objects.filter(state="held").exists()


def test_log_is_a_list_with_an_export(answer: Submission, sign_in: SignIn) -> None:
    manager = sign_in(DATA_MANAGERS)
    press(manager, answer, "test")
    listed = manager.get("/admin/forms_app/answeract/").content.decode()
    assert "Marked as test" in listed
    exported = manager.get("/admin/forms_app/answeract/", {"export": "csv"}).getvalue().decode()
    assert "Marked as test" in exported
    assert "ana@example.org" not in listed + exported
