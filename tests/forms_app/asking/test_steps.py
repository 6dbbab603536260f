"""A form in steps: nothing is lost, skipped or stored before Send, and no cookie is set."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import OperationalError
from django.test import Client
from django.utils import timezone

from forms_app.models import FormField, FormPage, Submission, UnfinishedAnswer
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories.fixtures import Make, MakeForm
from tests.factories.pages import make_resource, publish
from tests.factories.visitor import Visitor

KEY = "k" * 32
OTHER_SITE = {"sec-fetch-site": "cross-site"}
STEP_2 = {"label": "Your school", "field_type": "step", "clean_name": "step_2"}
STEP_3 = {"label": "Plans", "field_type": "step", "clean_name": "step_3"}
SCHOOL = {"label": "School", "field_type": "singleline", "clean_name": "school", "required": True}
NOTES = {"label": "Notes", "field_type": "multiline", "clean_name": "notes"}
DAYS = {
    "label": "Days",
    "field_type": "checkboxes",
    "clean_name": "days",
    "choices": "Mon\nTue\nWed",
    "default_value": "Mon",
}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(STEP_2, SCHOOL, STEP_3, DAYS, NOTES)


def go_to_the_review(visitor: Visitor) -> Visitor:
    visitor.press("on", email="ana@example.org")
    visitor.press("on", school="Lincoln")
    visitor.press("on", days=["Tue", "Wed"], notes="Line one\nLine two")
    return visitor


def test_each_step_says_where_one_is(form: FormPage) -> None:
    visitor = Visitor(form.url)
    assert "Step 1 of 4: Your answers" in visitor.text
    visitor.press("on", email="ana@example.org")
    assert "Step 2 of 4: Your school" in visitor.text
    current = visitor.page.select("ol [aria-current=step]")
    assert [item.text.strip() for item in current] == ["Your school"]
    visitor.press("on", school="Lincoln")
    assert "Step 3 of 4: Plans" in visitor.text
    visitor.press("on")
    assert "Step 4 of 4: Check and send" in visitor.text
    assert not Submission.objects.exists()


def test_review_shows_every_answer_and_send_stores_them_once(form: FormPage) -> None:
    visitor = go_to_the_review(Visitor(form.url))
    rows = {
        dt.text: " ".join(dt.find_next_sibling("dd").text.split())  # type: ignore[union-attr]
        for dt in visitor.page.select("dl dt")
    }
    assert rows == {
        "E-mail": "ana@example.org",
        "School": "Lincoln",
        "Days": "Tue; Wed",
        "Notes": "Line oneLine two",
    }
    address, page = visitor.action, visitor.fields
    visitor.press("send")
    assert "receipt" in visitor.url
    again = Client().post(address, {**page, "form-go": "send"})
    assert (again.status_code, again["Location"].partition("?")[0]) == (303, form.url)
    assert Submission.objects.get().form_data == {
        "email": "ana@example.org",
        "school": "Lincoln",
        "days": ["Tue", "Wed"],
        "notes": "Line one\nLine two",
    }


def test_error_keeps_the_visitor_on_its_step(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="nonsense")
    assert "There is a problem" in visitor.text
    assert "Step 1 of 4" in visitor.text
    assert visitor.fields["email"] == ["nonsense"]


def test_going_back_loses_nothing_and_complains_of_nothing(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org")
    visitor.press("on", school="Lincoln")
    visitor.press("back", notes="half a thought", days=[])
    assert "There is a problem" not in visitor.text
    assert "Step 2 of 4" in visitor.text
    visitor.press("back", school="")
    assert visitor.fields["email"] == ["ana@example.org"]
    visitor.press("on")
    visitor.press("on", school="Lincoln")
    data = visitor.fields
    assert data["notes"] == ["half a thought"]
    # Unticked by the visitor; what the editor ticks beforehand does not come back.
    assert "days" not in data


def test_new_step_begins_with_what_the_editor_put_in(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org")
    visitor.press("on", school="Lincoln")
    assert visitor.fields["days"] == ["Mon"]


def test_change_leads_to_a_step_and_back_to_the_review(form: FormPage) -> None:
    visitor = go_to_the_review(Visitor(form.url))
    visitor.press("change-1")
    assert "Step 2 of 4" in visitor.text
    visitor.press("on", school="Douglass")
    assert "Step 4 of 4" in visitor.text
    visitor.press("send")
    assert Submission.objects.get().form_data["school"] == "Douglass"


def test_forged_earlier_answer_leads_to_its_step(form: FormPage) -> None:
    visitor = go_to_the_review(Visitor(form.url))
    visitor.press("send", email="forged")
    assert "Step 1 of 4" in visitor.text
    assert "There is a problem" in visitor.text
    assert not Submission.objects.exists()


def test_skipping_to_the_end_leads_to_what_is_missing(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org")
    visitor.open(visitor.url.replace("step=2", "step=review"))
    assert "Step 2 of 4" in visitor.text
    assert "There is a problem" in visitor.text
    assert not Submission.objects.exists()


@pytest.mark.parametrize("go", ["on", "send", "back", "change-9", "change-x", ""])
def test_no_step_or_button_breaks_a_form(form: FormPage, go: str) -> None:
    for step in ("", "-1", "0", "99", "x", "²", "review", "9" * 5000):
        address = f"{form.url}?{urlencode({'answer': KEY, 'step': step})}"
        answer = Client().post(address, {"form-go": go}, follow=True)
        assert answer.status_code == 200
        assert Client().get(address).status_code == 200
    assert not Submission.objects.exists()


def test_program_that_sends_all_at_once_has_it_reviewed(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.send({"email": "ana@example.org", "school": "Lincoln"})
    visitor.press("on")
    visitor.press("on")
    assert "Check and send" in visitor.text
    visitor.press("send")
    assert Submission.objects.get().form_data["school"] == "Lincoln"


def test_form_that_lost_its_steps_takes_what_was_sent_with_them(form: FormPage) -> None:
    visitor = go_to_the_review(Visitor(form.url))
    form.form_fields = form.form_fields.exclude(field_type="step")  # type: ignore[misc]
    publish(form)
    visitor.press("send")
    stored = Submission.objects.get()
    assert stored.form_data["school"] == "Lincoln"
    assert [field.label for field in stored.version.asked if not field.is_question]


def test_step_whose_questions_are_not_asked_is_left_out(make_form: MakeForm) -> None:
    role = {"label": "Role", "field_type": "radio", "choices": "Lead\nOther", "clean_name": "role"}
    form = make_form(
        {**role, "required": True},
        STEP_2,
        {**SCHOOL, "show_if": "role", "show_if_value": "Lead"},
        STEP_3,
        NOTES,
    )
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org", role="Other")
    assert "Step 2 of 3: Plans" in visitor.text
    visitor.press("back", role="Other")
    visitor.press("on", role="Lead")
    assert "Step 2 of 4: Your school" in visitor.text


def test_changed_answer_that_calls_for_a_question_asks_it_before_the_review(
    make_form: MakeForm,
) -> None:
    role = {"label": "Role", "field_type": "radio", "choices": "Lead\nOther", "clean_name": "role"}
    which = {**NOTES, "label": "Which?", "clean_name": "which", "required": True}
    form = make_form(role, STEP_2, SCHOOL, {**which, "show_if": "role", "show_if_value": "Other"})
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org", role="Lead")
    visitor.press("on", school="Lincoln")
    visitor.press("change-0")
    visitor.press("on", role="Other")
    assert "One more question" in visitor.text
    assert "There is a problem" not in visitor.text
    visitor.press("on", which="Coach")
    visitor.press("send")
    assert Submission.objects.get().form_data["which"] == "Coach"


def test_trap_that_was_filled_on_the_first_step_holds_the_answer(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org", website_address="spam")
    visitor.press("on", school="Lincoln")
    visitor.press("on")
    visitor.press("send")
    assert Submission.objects.get().state == Submission.State.HELD


def test_step_sent_from_another_site_goes_nowhere(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.send({"form-go": "on", "email": "ana@example.org"}, headers=OTHER_SITE)
    assert visitor.status == 403
    assert "Step 1 of 4" in visitor.text
    assert "ana@example.org" in visitor.response.content.decode()
    assert not UnfinishedAnswer.objects.exists()


def test_database_trouble_keeps_every_step(form: FormPage, monkeypatch: pytest.MonkeyPatch) -> None:
    visitor = go_to_the_review(Visitor(form.url))

    def fail(*args: Any, **kwargs: Any) -> None:
        raise OperationalError

    with monkeypatch.context() as broken:
        broken.setattr(Submission.objects, "create", fail)
        visitor.press("send")
    assert visitor.status == 503
    assert visitor.response["Retry-After"]
    assert "Step 4 of 4" in visitor.text
    assert "Lincoln" in [answer.text for answer in visitor.page.select("dl dd")]
    visitor.press("send")
    assert visitor.status == 303
    assert Submission.objects.get().form_data["school"] == "Lincoln"


@pytest.mark.parametrize("method", ["get", "post"])
def test_form_that_moved_meanwhile_keeps_every_step(
    form: FormPage, rename: Callable[[Any, str], None], method: str
) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org")
    typed = {**visitor.fields, "school": "Lincoln", "form-go": "on"}
    rename(form, "elsewhere")
    # A browser does the same at the new address: it asks again, or sends again.
    led: Any = visitor.client.generic(method.upper(), visitor.url)
    visitor.open(led["Location"])
    assert "Step 2 of 4: Your school" in visitor.text
    visitor.press("on", **typed)
    visitor.press("on")
    visitor.press("send")
    stored = Submission.objects.get()
    assert (stored.email, stored.form_data["school"]) == ("ana@example.org", "Lincoln")


def test_form_that_closed_meanwhile_shows_what_was_typed_on_every_step(form: FormPage) -> None:
    visitor = Visitor(form.url)
    visitor.press("on", email="ana@example.org")
    FormPage.objects.update(closes_at=timezone.now() - timedelta(minutes=1))
    visitor.press("on", school="Lincoln")
    assert "closed" in visitor.text
    assert visitor.fields["school"] == ["Lincoln"]
    assert [tag.text for tag in visitor.page.select("dl.facts dd")] == ["ana@example.org"]


def test_steps_work_as_the_gate_of_a_resource(form: FormPage, home: Any) -> None:
    home.refresh_from_db()
    index: Any = ResourceIndexPage(title="Resources", slug="resources")
    guide = make_resource(
        publish(home.add_child(instance=index)), "A guide", gate_mode="form", gate_form=form
    )
    visitor = go_to_the_review(Visitor(guide.url))
    assert not Grant.objects.exists()
    visitor.press("send")
    assert b"/download/" in visitor.response.content
    assert Grant.objects.get().resource_title == "A guide"


@pytest.mark.parametrize("how", ["opened", "without a form", "opened for this visitor"])
def test_gate_that_opens_meanwhile_keeps_every_step(form: FormPage, make: Make, how: str) -> None:
    guide = make("A guide", gate_form=form)
    visitor = Visitor(guide.url)
    visitor.press("on", email="ana@example.org")
    if how == "opened for this visitor":
        other_tab = Visitor(guide.url)
        other_tab.client = visitor.client
        go_to_the_review(other_tab).press("send")
        assert Grant.objects.live().exists()
    else:
        gate: dict[str, Any] = {"gate_mode": "open"} if how == "opened" else {"gate_form": None}
        ResourcePage.objects.filter(pk=guide.pk).update(**gate)
    visitor.press("on", school="Lincoln")
    visitor.press("on", notes="Line one")
    for typed in ("ana@example.org", "Lincoln", "Line one"):
        assert typed in visitor.text
    visitor.press("send")
    assert Submission.objects.latest("pk").form_data["notes"] == "Line one"


def test_file_of_an_earlier_step_comes_with_the_answer(make_form: MakeForm) -> None:
    plan = {"label": "Plan", "field_type": "file", "clean_name": "plan", "required": True}
    visitor = Visitor(make_form(plan, STEP_2, SCHOOL).url)
    chosen = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 words")
    visitor.press("on", email="ana@example.org", plan=chosen)
    visitor.press("on", school="Lincoln")
    assert "plan.pdf" in visitor.text
    visitor.press("send")
    stored = Submission.objects.get()
    assert stored.form_data["plan"] == "plan.pdf"
    assert stored.files.get().file.read() == b"%PDF-1.7 words"


def test_form_without_steps_stays_one_page(make_form: MakeForm) -> None:
    form = make_form(SCHOOL)
    visitor = Visitor(form.url)
    assert "Step 1" not in visitor.text
    assert FormField.objects.filter(page=form).count() == 2
    assert "answer=" not in visitor.url
    sent = Client().post(form.url, {"email": "ana@example.org", "school": "Lincoln"})
    assert sent.status_code == 303
