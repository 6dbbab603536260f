"""An answer means what its visitor had before them, whatever has become of the form since.

Each visitor opens a page, fills it in, and sends it after the site has changed.
"""

from collections.abc import Callable

import pytest

from eoc_cms.core.site import default_site_settings
from forms_app.models import FormPage, FormVersion, Submission
from tests.factories.exports import LIST, data_manager, exported
from tests.factories.fixtures import MakeForm
from tests.factories.visitor import Visitor
from tests.forms_app.intake.shown_form import (
    ALL,
    CONSENT,
    ROLE,
    STORY,
    STORY_FIELD,
    add,
    change,
    drop,
    fresh,
    publish,
    shows_all,
)


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(STORY_FIELD, ROLE, CONSENT, title="Convening 2025", intro="<p>Tell us.</p>")


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


def test_answer_from_a_page_of_the_cache_counts_under_the_version_it_shows(form: FormPage) -> None:
    first = Visitor(form.url)
    CHANGES["consent"][0](form)
    second = Visitor(form.url)
    first.press(**ALL)
    second.press(**{**ALL, "email": "zoe@example.org"}, updates="on")
    old, new = Submission.objects.order_by("pk")
    assert old.version.questions["updates"].consent_text == "Write to me twice a year."
    assert new.version.questions["updates"].consent_text == "Give my address to others."
