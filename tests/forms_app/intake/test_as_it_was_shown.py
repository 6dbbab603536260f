"""An answer means what its visitor had before them, whatever has become of the form since.

Each visitor opens a page, fills it in, and sends it after the site has changed.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from bs4 import BeautifulSoup
from django.core.cache import cache
from django.test import Client
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.utils import timezone
from wagtail.models import Page, PageViewRestriction

from eoc_cms.core.site import default_site_settings
from forms_app.models import FormField, FormPage, FormVersion, Submission
from resources.models import Grant, ResourcePage
from tests.factories import pages
from tests.factories.exports import LIST, data_manager, exported
from tests.factories.fixtures import Make, MakeForm
from tests.factories.visitor import Visitor

ANA = "ana@example.org"
STORY = "It began in <spring> & went on.\nThen came “autumn”."
CONSENT = {
    "label": "Updates",
    "field_type": "consent",
    "clean_name": "updates",
    "consent_text": "Write to me twice a year.",
}
ROLE = {
    "label": "Role",
    "field_type": "radio",
    "clean_name": "role",
    "choices": "Lead\nCoach",
}
STORY_FIELD = {"label": "Your story", "field_type": "multiline", "clean_name": "story"}
ALL = {"email": ANA, "story": STORY, "role": "Coach"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(STORY_FIELD, ROLE, CONSENT, title="Convening 2025", intro="<p>Tell us.</p>")


def publish(page: Any) -> None:
    """Publish, and forget what is kept of pages, as happens with the commit."""
    pages.publish(page)
    cache.clear()


def fresh(form: FormPage) -> FormPage:
    return FormPage.objects.get(pk=form.pk)


def change(form: FormPage, name: str, **values: Any) -> None:
    page = fresh(form)
    field = page.form_fields.get(clean_name=name)
    for attribute, value in values.items():
        setattr(field, attribute, value)
    page.form_fields.add(field)
    publish(page)


def drop(form: FormPage, name: str) -> None:
    page = fresh(form)
    page.form_fields.remove(page.form_fields.get(clean_name=name))
    publish(page)


def add(form: FormPage, **values: Any) -> None:
    page = fresh(form)
    page.form_fields.add(FormField(sort_order=99, **values))
    publish(page)


def shows_all(visitor: Visitor, typed: dict[str, str]) -> bool:
    """Say whether the page holds everything that was typed, to be sent or to be copied."""
    inputs = {value for values in visitor.fields.values() for value in values}
    return all(
        value in inputs or all(line in visitor.text for line in value.splitlines())
        for value in typed.values()
    )


# --- What was asked, word for word ---------------------------------------------------------


def test_answer_keeps_the_words_it_was_asked_with(form: FormPage) -> None:
    visitor = Visitor(form.url)
    change(form, "story", label="A story", help_text="Be brief.")
    visitor.press(**ALL)
    stored = Submission.objects.get()
    assert stored.form_data["story"] == STORY
    assert stored.version.questions["story"].label == "Your story"
    assert stored.version.questions["story"].help_text == ""


def test_form_renamed_meanwhile_is_called_as_it_was_shown(form: FormPage) -> None:
    visitor, page = Visitor(form.url), fresh(form)
    page.title, page.intro, page.submit_label = "Convening 2026", "<p>New.</p>", "Go"
    publish(page)
    visitor.press(**ALL)
    Visitor(form.url).press(**{**ALL, "email": "zoe@example.org"})
    first, second = Submission.objects.order_by("pk")
    assert (first.form_title, second.form_title) == ("Convening 2025", "Convening 2026")
    assert (first.version.intro, second.version.intro) == ("<p>Tell us.</p>", "<p>New.</p>")
    assert (first.version.submit_label, second.version.submit_label) == ("", "Go")


def test_words_of_the_site_on_its_forms_belong_to_the_version(form: FormPage) -> None:
    settings = default_site_settings()
    settings.privacy_note = "<p>We keep it for a year.</p>"
    settings.save()
    visitor = Visitor(form.url)
    settings.privacy_note = "<p>We keep it for ever.</p>"
    settings.save()
    visitor.press(**ALL)
    assert Submission.objects.get().version.privacy_note == "<p>We keep it for a year.</p>"


def test_version_named_in_the_form_is_the_same_for_all_strangers(form: FormPage) -> None:
    one, other = Visitor(form.url), Visitor(form.url)
    assert one.fields["form-version"] == other.fields["form-version"]
    assert one.fields["form-version"] == [FormVersion.objects.shown_by(fresh(form)).key]
    assert not one.response.cookies
    assert "public" in one.response["Cache-Control"]


def test_field_removed_meanwhile_keeps_its_answer(form: FormPage) -> None:
    visitor = Visitor(form.url)
    drop(form, "story")
    visitor.press(**ALL)
    assert visitor.was_led
    assert Submission.objects.get().form_data["story"] == STORY
    (row,) = exported(data_manager(), LIST)
    assert row["Your story (no longer asked)"] == STORY


def test_option_that_is_not_offered_any_more_is_taken_as_it_was(form: FormPage) -> None:
    visitor = Visitor(form.url)
    change(form, "role", choices="Lead\nOther")
    visitor.press(**ALL)
    assert Submission.objects.get().form_data["role"] == "Coach"


def test_question_that_may_be_left_out_is_no_reason_to_ask_again(form: FormPage) -> None:
    visitor = Visitor(form.url)
    add(form, label="Telephone", field_type="phone", clean_name="telephone")
    visitor.press(**ALL)
    assert "telephone" not in Submission.objects.get().form_data


# --- What has to be asked again, with everything typed still there --------------------------


CHANGES: dict[str, tuple[Callable[[FormPage], None], str]] = {
    "consent": (
        lambda form: change(form, "updates", consent_text="Give my address to others."),
        "The words that you agreed to are others now: “Give my address to others.”",
    ),
    "consent by its label": (
        lambda form: change(form, "updates", consent_text="", label="Sell my address"),
        "The words that you agreed to are others now: “Sell my address”",
    ),
    "turned question": (
        lambda form: change(form, "role", label="Who must not come?"),
        "“Role” has become “Who must not come?”.",
    ),
    "another type": (
        lambda form: change(form, "role", field_type="checkboxes"),
        "“Role” is asked in another way now.",
    ),
    "new question": (
        lambda form: add(form, label="School", field_type="singleline", required=True),
        "“School” is asked now.",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_what_has_changed_is_said_and_nothing_typed_is_lost(form: FormPage, what: str) -> None:
    visitor = Visitor(form.url)
    make_the_change, words = CHANGES[what]
    make_the_change(form)
    visitor.press(**ALL, updates="on")
    assert not Submission.objects.exists()
    assert not visitor.was_led
    assert "This form was changed while you had it open" in visitor.text
    assert words in visitor.text
    assert shows_all(visitor, ALL)
    visitor.press(**ALL, updates="on", school="Lincoln")
    stored = Submission.objects.get()
    assert stored.version == FormVersion.objects.kept(FormVersion.objects.shown_by(fresh(form)))
    assert stored.form_data["story"] == STORY


def test_consent_is_not_ticked_for_the_visitor_when_its_words_have_changed(form: FormPage) -> None:
    visitor = Visitor(form.url)
    CHANGES["consent"][0](form)
    visitor.press(**ALL, updates="on")
    assert "updates" not in visitor.fields
    visitor.press()
    stored = Submission.objects.get()
    assert stored.form_data["updates"] is False
    assert stored.version.questions["updates"].consent_text == "Give my address to others."


def test_consent_that_was_not_given_is_no_reason_to_ask_again(form: FormPage) -> None:
    visitor = Visitor(form.url)
    CHANGES["consent"][0](form)
    visitor.press(**ALL)
    stored = Submission.objects.get()
    assert stored.version.questions["updates"].consent_text == CONSENT["consent_text"]


@pytest.mark.parametrize(
    "key", ["x", "0" * 32 + ".x", "0" * 32 + ".\x00", "0" * 32 + "." + "0" * 64, "ö" * 200]
)
def test_version_that_nobody_knows_asks_for_consents_anew(form: FormPage, key: str) -> None:
    visitor = Visitor(form.url)
    visitor.press(**ALL, updates="on", **{"form-version": key})
    assert not Submission.objects.exists()
    assert "The form has changed since you opened it." in visitor.text
    assert shows_all(visitor, ALL)
    assert "updates" not in visitor.fields
    visitor.press(updates="on")
    assert Submission.objects.get().form_data["updates"] is True


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


def test_answer_from_a_page_of_the_cache_counts_under_the_version_it_shows(form: FormPage) -> None:
    first = Visitor(form.url)
    CHANGES["consent"][0](form)
    second = Visitor(form.url)
    first.press(**ALL)
    second.press(**{**ALL, "email": "zoe@example.org"}, updates="on")
    old, new = Submission.objects.order_by("pk")
    assert old.version.questions["updates"].consent_text == "Write to me twice a year."
    assert new.version.questions["updates"].consent_text == "Give my address to others."


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
