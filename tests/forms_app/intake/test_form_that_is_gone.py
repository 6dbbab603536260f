"""What was typed into a form that is gone, closed, exchanged or cut off on its way is not lost."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from forms_app.models import FormPage, Submission
from resources.models import Grant, ResourcePage
from tests.factories.fixtures import Make, MakeForm
from tests.factories.visitor import Visitor
from tests.forms_app.intake.shown_form import (
    ALL,
    ANA,
    CONSENT,
    ROLE,
    STORY,
    STORY_FIELD,
    fresh,
    publish,
    shows_all,
)


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(STORY_FIELD, ROLE, CONSENT, title="Convening 2025", intro="<p>Tell us.</p>")


# --- Where it can no longer be taken --------------------------------------------------------


def unpublish(page: Page) -> None:
    page.specific.unpublish()


def delete(page: Page) -> None:
    page.specific.delete()


def expire(page: Page) -> None:
    Page.objects.filter(pk=page.pk).update(expire_at=timezone.now() - timedelta(minutes=1))


def restrict(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


def behind_a_password(page: Page) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="password", password="x")


def close(page: Page) -> None:
    FormPage.objects.update(closes_at=timezone.now() - timedelta(minutes=1))


GONE = [unpublish, delete, expire, restrict, behind_a_password, close]


@pytest.mark.parametrize("undo", GONE)
def test_form_that_is_gone_or_closed_gives_back_what_was_typed(
    form: FormPage, undo: Callable[[Page], None]
) -> None:
    visitor = Visitor(form.url)
    undo(fresh(form))
    visitor.press(**ALL, updates="on")
    assert not Submission.objects.exists()
    assert not visitor.was_led
    assert shows_all(visitor, ALL)
    assert "Your story" in visitor.text
    words = [tag.text for tag in visitor.page.select("dl.facts dd")]
    assert ("on" in words, "yes" in words) == (False, undo is not close)


@pytest.mark.parametrize("label", ["Do", "csrfmiddlewaretoken"])
def test_question_named_as_what_our_forms_add_gives_back_what_was_typed(
    make_form: MakeForm, label: str
) -> None:
    form = make_form({"label": label, "field_type": "singleline"})
    (name,) = form.labels().keys() - {"email"}
    visitor = Visitor(form.url)
    unpublish(form)
    visitor.press(email=ANA, **{name: "I teach."})
    assert "I teach." in visitor.text


@pytest.mark.parametrize("undo", GONE)
def test_guide_that_is_gone_or_closed_gives_back_what_was_typed(
    make: Make, form: FormPage, undo: Callable[[Page], None]
) -> None:
    guide = make("Guide", gate_form=form)
    visitor = Visitor(guide.url)
    undo(guide)
    visitor.press(**ALL, updates="on")
    assert not Submission.objects.exists()
    assert not Grant.objects.exists()
    assert not visitor.was_led
    assert shows_all(visitor, ALL)


def delete_its_form(guide: ResourcePage, other: FormPage) -> None:
    assert guide.gate_form
    guide.gate_form.delete()


def exchange_its_form(guide: ResourcePage, other: FormPage) -> None:
    guide.gate_form = other
    publish(guide)


@pytest.mark.parametrize("undo", [delete_its_form, exchange_its_form])
def test_gate_without_the_form_that_was_shown_gives_back_what_was_typed(
    make: Make, make_form: MakeForm, form: FormPage, undo: Callable[[ResourcePage, FormPage], None]
) -> None:
    guide, other = make("Guide", gate_form=form), make_form(title="Other")
    visitor = Visitor(guide.url)
    undo(ResourcePage.objects.get(pk=guide.pk), other)
    visitor.press(**ALL, updates="on")
    assert not Submission.objects.exists()
    assert not Grant.objects.exists()
    assert not visitor.was_led
    assert shows_all(visitor, ALL)


def test_gate_opened_meanwhile_takes_the_answer_and_shows_the_files(
    make: Make, form: FormPage
) -> None:
    guide = make("Guide", gate_form=form)
    visitor = Visitor(guide.url)
    opened = ResourcePage.objects.get(pk=guide.pk)
    opened.gate_mode = ResourcePage.GateMode.OPEN
    publish(opened)
    visitor.press(**ALL, updates="on")
    stored = Submission.objects.get()
    assert (stored.form_data["story"], stored.source_page_id) == (STORY, guide.pk)
    assert visitor.was_led
    assert not visitor.page.select("form.form")
    assert "Download the guide" in visitor.text


def test_form_that_moved_takes_the_answer_at_its_new_address(
    form: FormPage, rename: Callable[[Any, str], None]
) -> None:
    visitor = Visitor(form.url)
    old = visitor.action
    rename(fresh(form), "elsewhere")
    response = Client().post(old, {**visitor.fields, **ALL})
    assert response.status_code == 308
    Client().post(response["Location"], {**visitor.fields, **ALL})
    assert Submission.objects.get().form_data["story"] == STORY


# --- What has not arrived as a whole is no answer -------------------------------------------


@pytest.mark.parametrize("multipart", [False, True], ids=["urlencoded", "multipart"])
def test_post_that_breaks_off_is_no_answer_wherever_it_does(
    form: FormPage, multipart: bool
) -> None:
    visitor = Visitor(form.url)
    data = {**{name: values[0] for name, values in visitor.fields.items()}, **ALL, "updates": "on"}
    # In the order of the page, as browsers send it.
    ordered = {name: data[name] for name in _in_order(visitor, data)}
    body, kind = _body(ordered, multipart=multipart)
    for cut in range(1, len(body) - (4 if multipart else 0), 23):
        sent = Client().generic("POST", form.url, body[:cut], content_type=kind)
        if b"form-end" in body[:cut] and sent.status_code == 303:
            break  # Nothing but the end of the end was missing.
        assert sent.status_code in {200, 400}, (cut, body[:cut][-60:])
        assert not Submission.objects.exists(), body[:cut][-60:]
    Client().generic("POST", form.url, body, content_type=kind)
    assert Submission.objects.get().form_data["story"].split() == STORY.split()


def _in_order(visitor: Visitor, data: dict[str, str]) -> list[str]:
    names = [str(tag["name"]) for tag in visitor.page.select("form.form [name]")]
    return [name for name in dict.fromkeys(names) if name in data]


def _body(data: dict[str, str], *, multipart: bool) -> tuple[bytes, str]:
    if multipart:
        return encode_multipart(BOUNDARY, data), MULTIPART_CONTENT
    return urlencode(data).encode(), "application/x-www-form-urlencoded"


def test_what_has_arrived_of_it_is_shown_again(form: FormPage) -> None:
    visitor = Visitor(form.url)
    sent = {name: values for name, values in visitor.fields.items() if name != "form-end"}
    visitor.send({**sent, **ALL})
    assert visitor.status == 400
    assert "Your answers broke off on their way to us." in visitor.text
    assert shows_all(visitor, ALL)
    visitor.press()
    assert Submission.objects.get().form_data["story"] == STORY


# --- What visitors send to Wagtail's own forms is none of this ------------------------------


def test_page_behind_a_password_opens_with_it(form: FormPage) -> None:
    behind_a_password(form)
    client = Client()
    asked = BeautifulSoup(client.get(form.url).content, "html.parser").select_one("main form, form")
    assert asked
    data = {
        str(tag["name"]): str(tag.get("value", ""))
        for tag in asked.select("input[name]")
        if tag["name"] != "csrfmiddlewaretoken"
    }
    opened = client.post(str(asked["action"]), {**data, "password": "x"})
    assert (opened.status_code, opened["Location"]) == (302, form.url)
    assert "Your story" in client.get(form.url).content.decode()


def test_password_is_never_shown_again(form: FormPage) -> None:
    behind_a_password(form)
    restriction = PageViewRestriction.objects.get()
    address = f"/_util/authenticate_with_password/{restriction.pk}/{form.pk}/"
    refused = Client(enforce_csrf_checks=True).post(address, {"password": "s3cret-word"})
    assert refused.status_code == 403
    assert "s3cret-word" not in refused.content.decode()
