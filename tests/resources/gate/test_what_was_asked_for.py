"""What a held answer gets, to whom and in which words was settled when it was sent."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Submission
from home.groups import DATA_MANAGERS
from resources.models import Grant, ResourcePage
from tests.factories.fixtures import Make, MakeForm, SignIn
from tests.factories.pages import publish

ANA, BOSS = "ana@example.org", "boss@example.org"
TRAP = {"website_address": "https://spam.example"}
NAME = {"label": "Name", "field_type": "singleline", "clean_name": "name"}
SECOND = {"label": "Your superior", "field_type": "email", "clean_name": "superior"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(NAME, SECOND, visitor_mail_body="Dear {Name}, here is {title}: {link}")


@pytest.fixture
def guide(make: Make, form: FormPage) -> ResourcePage:
    return make("Guide", gate_form=form)


def held(guide: ResourcePage, **answers: str) -> Submission:
    sent = {"email": ANA, "name": "Ana", "superior": BOSS, **TRAP, **answers}
    Client().post(guide.url, sent)
    answer = Submission.objects.get()
    assert answer.state == Submission.State.HELD
    assert not OutgoingMail.objects.waiting().exists()
    return answer


def deliver(manager: Client, answer: Submission) -> str:
    address = reverse("forms_app_answer_action", args=[answer.pk])
    told = manager.post(address, {"do": "deliver"}, follow=True).context["messages"]
    return " ".join(str(message).strip() for message in told)


def fresh(page: Any) -> Any:
    return type(page).objects.get(pk=page.pk)


# --- To whom, and in which words -----------------------------------------------------------


def put_the_other_address_first(form: FormPage) -> None:
    for name, place in (("superior", 0), ("name", 1), ("email", 2)):
        form.form_fields.filter(clean_name=name).update(sort_order=place)


def drop_the_address(form: FormPage) -> None:
    form.form_fields.filter(clean_name="email").delete()


def give_a_label_to_another(form: FormPage) -> None:
    form.form_fields.filter(clean_name="name").update(label="Pet")
    form.form_fields.filter(clean_name="superior").update(label="Name")


def write_another_mail(form: FormPage) -> None:
    FormPage.objects.filter(pk=form.pk).update(
        visitor_mail_body="Buy!", visitor_mail_subject="Offer"
    )


def delete_the_form(form: FormPage) -> None:
    ResourcePage.objects.update(gate_form=None)
    fresh(form).delete()


EDITS = [
    put_the_other_address_first,
    drop_the_address,
    give_a_label_to_another,
    write_another_mail,
]


@pytest.mark.parametrize("edit", EDITS)
def test_mail_goes_to_whom_and_in_the_words_it_was_sent_for(
    guide: ResourcePage, form: FormPage, sign_in: SignIn, edit: Callable[[FormPage], None]
) -> None:
    answer = held(guide)
    edit(fresh(form))
    deliver(sign_in(DATA_MANAGERS), answer)
    mail = OutgoingMail.objects.waiting().get()
    assert mail.recipient == ANA
    assert "Dear Ana, here is Guide:" in mail.text
    assert Grant.objects.live().get().person == answer.person


# --- Nothing but what was asked for --------------------------------------------------------


def delete(guide: ResourcePage, other: FormPage) -> None:
    guide.delete()


def unpublish(guide: ResourcePage, other: FormPage) -> None:
    guide.unpublish()


def move_behind_another_form(guide: ResourcePage, other: FormPage) -> None:
    guide.gate_form = other
    publish(guide)


def lose_its_form(guide: ResourcePage, other: FormPage) -> None:
    delete_the_form(guide.gate_form)  # type: ignore[arg-type]


GONE: list[tuple[Callable[[ResourcePage, FormPage], None], str]] = [
    (delete, "“Guide”"),
    (unpublish, "“Guide” is not published any more."),
    (move_behind_another_form, "“Guide” is behind another form now."),
    (lose_its_form, "“Guide”"),
]


@pytest.mark.parametrize(("undo", "told"), GONE)
@pytest.mark.parametrize("has_neighbor", [True, False])
def test_where_it_is_gone_staff_are_told_and_nothing_is_given(
    guide: ResourcePage,
    make: Make,
    make_form: MakeForm,
    sign_in: SignIn,
    undo: Callable[[ResourcePage, FormPage], None],
    told: str,
    has_neighbor: bool,
) -> None:
    answer = held(guide)
    if has_neighbor:
        make("Newer guide behind the same form", gate_form=guide.gate_form)
    undo(fresh(guide), make_form(title="Other"))
    words = deliver(sign_in(DATA_MANAGERS), answer)
    assert "is accepted, but nothing was opened or sent" in words
    assert told in words
    assert not Grant.objects.live().exists()
    assert not OutgoingMail.objects.waiting().filter(recipient=ANA).exists()
    answer.refresh_from_db()
    assert answer.state == Submission.State.ACCEPTED


def test_another_guide_behind_the_same_form_changes_nothing(
    guide: ResourcePage, make: Make, sign_in: SignIn
) -> None:
    answer = held(guide)
    make("Newer guide", gate_form=guide.gate_form)
    deliver(sign_in(DATA_MANAGERS), answer)
    assert "here is Guide:" in OutgoingMail.objects.waiting().get().text
    assert Grant.objects.get().resource_title == "Guide"


def test_guide_that_is_open_to_all_by_now_is_mailed_all_the_same(
    guide: ResourcePage, sign_in: SignIn
) -> None:
    answer, opened = held(guide), fresh(guide)
    opened.gate_mode = ResourcePage.GateMode.OPEN
    publish(opened)
    words = deliver(sign_in(DATA_MANAGERS), answer)
    assert "1 answer is let through" in words
    assert OutgoingMail.objects.waiting().get().recipient == ANA


def test_guide_with_another_name_is_the_same_guide(guide: ResourcePage, sign_in: SignIn) -> None:
    answer, renamed = held(guide), fresh(guide)
    renamed.title, renamed.slug = "A better name", "better"
    publish(renamed)
    deliver(sign_in(DATA_MANAGERS), answer)
    grant = Grant.objects.live().get()
    mail = OutgoingMail.objects.waiting().get()
    link = next(word for word in mail.text.split() if "/access/" in word)
    shown = Client().get(link)
    assert shown.status_code == 200
    assert "A better name" in shown.content.decode()
    assert grant.resource_id_asked == guide.pk


def test_answer_sent_from_the_forms_own_page_asks_for_the_newest_of_that_moment(
    guide: ResourcePage, form: FormPage, make: Make, sign_in: SignIn
) -> None:
    Client().post(form.url, {"email": ANA, "name": "Ana", **TRAP})
    answer = Submission.objects.get()
    make("Newer guide", gate_form=form)
    deliver(sign_in(DATA_MANAGERS), answer)
    assert "here is Guide:" in OutgoingMail.objects.waiting().get().text


def test_put_aside_and_let_through_mails_only_what_was_never_sent(
    guide: ResourcePage, sign_in: SignIn
) -> None:
    manager = sign_in(DATA_MANAGERS)
    Client().post(guide.url, {"email": ANA, "name": "Ana"})
    answer = Submission.objects.get()
    OutgoingMail.objects.update(sent_at=answer.submit_time, text="", html="")
    manager.post(reverse("forms_app_answer_action", args=[answer.pk]), {"do": "hold"})
    assert not Grant.objects.live().exists()
    deliver(manager, answer)
    assert Grant.objects.live().count() == 1
    assert not OutgoingMail.objects.waiting().exists()
    assert OutgoingMail.objects.count() == 1
