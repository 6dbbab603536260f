"""Text that is pasted from slides, PDFs and word processors is taken by every type of field."""

from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from eoc_cms.core.models import OutgoingMail
from forms_app.field_types import FIELD_TYPES, WORDS_ONLY
from forms_app.models import FormPage, Submission, UnfinishedAnswer
from tests.factories.fixtures import MakeForm
from tests.factories.visitor import Visitor

ADDRESS = {"email": "ana@example.org"}
INVISIBLE = "\x00\x02\x0b\x0c\u200b\u200e\u202c\ufeff\xad\u2066\ufe0f"
CHOICES = "José\nYes, I agree"

# For each type: what is pasted into it, and what is stored.
PASTED: dict[str, tuple[Any, Any]] = {
    "singleline": ("\u202aAna\x02 \u200bRui\u0301z\u202c\u2028", "Ana Ruíz"),
    "multiline": ("one\vtwo\ftree\u200b\r\nfour\tfive\u2029six", "one\ntwo\ntree\nfour\tfive\nsix"),
    "email": ("\ufeffana\u200b@\u200eexample.org\xad", "ana@example.org"),
    "number": ("\u202d1\u00a0200\u202c", "1200"),
    "url": ("\u200bhttps://example.org/\xad", "https://example.org/"),
    "checkbox": ("on\u200b", True),
    "checkboxes": (["Jose\u0301\u200b", "Yes, I agree\x0b"], ["José", "Yes, I agree"]),
    "dropdown": ("Jose\u0301", "José"),
    "multiselect": (["\u200eYes, I\u00a0agree"], ["Yes, I agree"]),
    "radio": ("Jose\u0301\x02", "José"),
    "date": ("2026\u201303\u201331\u200b", "2026-03-31"),
    "datetime": ("\u200e2026-03-31T14:30", "2026-03-31T14:30"),
    "hidden": ("cam\u200bpaign", "campaign"),
    "phone": ("\u202a+1\u00a0404\u2013555\u20110100\u202c", "+1 404-555-0100"),
    "postcode": ("\u200e30303\u20131234", "30303-1234"),
    "us_state": ("Georgia\u200b", "Georgia"),
    "country": ("\ufeffKenya", "Kenya"),
    "consent": ("on\x02", True),
}


def send(form: FormPage, **answers: Any) -> Any:
    return Client().post(form.url, {**ADDRESS, **answers})


def test_every_type_that_text_is_typed_into_is_here() -> None:
    assert PASTED.keys() == {kind for kind, _label in FIELD_TYPES} - WORDS_ONLY - {"file"}


@pytest.mark.parametrize("kind", PASTED)
def test_pasted_text_is_taken_without_what_nobody_sees(make_form: MakeForm, kind: str) -> None:
    typed, stored = PASTED[kind]
    form = make_form(
        {"label": "Extra", "field_type": kind, "choices": CHOICES, "consent_text": "Yes"}
    )
    assert send(form, extra=typed).status_code == 303
    answer = Submission.objects.get()
    assert answer.form_data["extra"] == stored
    Visitor(form.url)


@pytest.mark.parametrize("kind", PASTED)
def test_pasted_text_is_taken_from_step_to_step(make_form: MakeForm, kind: str) -> None:
    typed, stored = PASTED[kind]
    field = {"label": "Extra", "field_type": kind, "choices": CHOICES, "consent_text": "Yes"}
    form = make_form({"label": "More", "field_type": "step"}, field)
    visitor = Visitor(form.url)
    visitor.press("on", email="an\u200ba@example.org")
    visitor.press("on", extra=typed)
    assert "\u200b" not in str(UnfinishedAnswer.objects.get().data)
    visitor.press("send")
    assert Submission.objects.get().form_data["extra"] == stored


@pytest.mark.parametrize("kind", sorted(PASTED.keys() - {"checkbox", "consent"}))
def test_text_of_nothing_that_is_seen_is_no_answer(make_form: MakeForm, kind: str) -> None:
    field = {"label": "Extra", "field_type": kind, "choices": CHOICES, "required": True}
    form = make_form(field)
    refused = send(form, extra=INVISIBLE)
    assert refused.status_code == 200
    assert not Submission.objects.exists()


def test_choice_that_an_editor_pasted_can_be_chosen(make_form: MakeForm) -> None:
    pasted = "Jose\u0301\u200b\u00a0Marti\u0301\r\nOther"
    form = make_form(
        {"label": "Who", "field_type": "radio", "choices": pasted},
        {"label": "Why", "field_type": "singleline", "show_if": "who", "show_if_value": pasted},
    )
    page = BeautifulSoup(Client().get(form.url).content, "html.parser")
    value = page.select("input[name=who]")[0]["value"]
    assert send(form, who=value, why="So", **{"form-asked": "why"}).status_code == 303
    assert Submission.objects.get().form_data == {**ADDRESS, "who": "José Martí", "why": "So"}


def test_text_typed_into_a_form_that_is_gone_is_shown_without_what_nobody_sees(
    make_form: MakeForm,
) -> None:
    form = make_form({"label": "Message", "field_type": "multiline"})
    page = BeautifulSoup(Client().get(form.url).content, "html.parser")
    data = {str(tag["name"]): str(tag.get("value", "")) for tag in page.select("form.form input")}
    FormPage.objects.get(pk=form.pk).unpublish()
    answer = Client().post(form.url, {**data, **ADDRESS, "message": "one\x00\vtwo\u200b"})
    shown = answer.content.decode()
    assert "one\ntwo" in shown or "one<br>two" in shown
    assert "\u200b" not in shown


@pytest.mark.parametrize("lines", [50, 10])
def test_line_end_counts_once_against_a_length(make_form: MakeForm, lines: int) -> None:
    limit = 2 * lines - 1
    form = make_form({"label": "Extra", "field_type": "multiline", "max_length": limit})
    assert send(form, extra="\r\n".join("a" * lines)).status_code == 303
    assert len(Submission.objects.get().form_data["extra"]) == limit


@pytest.mark.parametrize("domain", ["ﷺ" * 14 + ".example.org", "xn--" + "a" * 300 + ".org"])
def test_address_that_is_too_long_to_be_kept_is_a_form_error(
    make_form: MakeForm, domain: str
) -> None:
    form = make_form({"label": "Other", "field_type": "email", "max_length": 1000})
    refused = send(form, other=f"ana@{domain}")
    assert refused.status_code == 200
    assert "id_other-error" in refused.content.decode()


def test_address_is_mailed_without_what_nobody_sees(make_form: MakeForm) -> None:
    form = make_form(visitor_mail_body="Hello")
    assert (
        Client().post(form.url, {"email": "\u2066ana\u200d@example.org\u2069"}).status_code == 303
    )
    assert OutgoingMail.objects.get().recipient == "ana@example.org"
