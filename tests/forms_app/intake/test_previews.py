"""An editor can look at every state of a form and at both its mails before anybody answers."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, FormVersion, Submission
from tests.factories.fixtures import Make, MakeForm

NAME = {"label": "First name", "field_type": "singleline", "required": True}
STEP = {"label": "About you", "field_type": "step"}
ALWAYS = ["form", "errors", "closed", "full", "landing", "mail-visitor", "mail-staff"]


@pytest.fixture
def long_form(make_form: MakeForm) -> FormPage:
    return make_form(
        STEP,
        NAME,
        thanks_title="Many thanks",
        closed_text="",
        visitor_mail_subject="Hello {First name}",
        visitor_mail_body="Dear {First name}, open {link}.",
        staff_addresses="desk@example.org",
        staff_mail_body="From {First name}.",
    )


def shown(page: FormPage, mode: str) -> str:
    """Return what a preview shows, in a mail what stands in its frame too."""
    soup = BeautifulSoup(page.make_preview_request(preview_mode=mode).content, "html.parser")
    frame = soup.select_one("iframe[srcdoc]")
    inner = BeautifulSoup(str(frame["srcdoc"]), "html.parser").get_text(" ") if frame else ""
    return " ".join(f"{soup.get_text(' ')} {inner}".split())


def test_short_form_has_no_steps_to_preview(make_form: MakeForm) -> None:
    assert [mode for mode, _name in make_form(NAME).preview_modes] == ALWAYS


def test_each_step_is_previewed(long_form: FormPage) -> None:
    modes = dict(long_form.preview_modes)
    assert modes["step-2"] == "Step 2: About you"
    assert "First name" not in shown(long_form, "step-1")
    assert "First name" in shown(long_form, "step-2")
    assert "Check and send" in shown(long_form, "step-review")


def test_states_are_previewed(long_form: FormPage) -> None:
    assert "Fill in “E-mail”" in shown(long_form, "errors")
    assert "This form closed on" in shown(long_form, "closed")
    assert "All places are taken" in shown(long_form, "full")
    assert "Many thanks" in shown(long_form, "landing")


def test_mails_are_previewed_with_labels_for_answers(long_form: FormPage) -> None:
    visitor, staff = shown(long_form, "mail-visitor"), shown(long_form, "mail-staff")
    assert "Hello [First name]" in visitor
    assert "Dear [First name], open" in visitor
    assert "desk@example.org" in staff
    assert "From [First name]." in staff


def test_mail_stands_whole_in_its_frame_and_nowhere_else(long_form: FormPage) -> None:
    preview = long_form.make_preview_request(preview_mode="mail-visitor")
    soup = BeautifulSoup(preview.content, "html.parser")
    frames = soup.select("iframe")
    assert len(frames) == 1
    assert "Dear [First name], open" in str(frames[0]["srcdoc"])
    assert "</html>" in str(frames[0]["srcdoc"])
    assert "Dear" not in soup.get_text(" ")


def test_mail_is_shown_in_its_own_styles_and_runs_nothing(long_form: FormPage) -> None:
    policy = long_form.make_preview_request(preview_mode="mail-visitor")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "style-src 'self' 'unsafe-inline'" in policy
    assert "script-src" not in policy


def test_form_without_mails_says_so(make_form: MakeForm) -> None:
    form = make_form(visitor_mail_body="", staff_addresses="")
    for mode in ("mail-visitor", "mail-staff"):
        assert "No such mail is sent" in shown(form, mode)


def test_previews_store_and_send_nothing(long_form: FormPage) -> None:
    versions = FormVersion.objects.count()
    for mode, _name in long_form.preview_modes:
        shown(long_form, mode)
    assert not Submission.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert FormVersion.objects.count() == versions


def test_gate_tells_how_long_its_form_is(make: Make, long_form: FormPage, form: FormPage) -> None:
    long_one = make("Behind a long form", gate_form=long_form)
    content = Client().get(long_one.url).content.decode()
    assert "A form in 3 steps, and it opens at once on this page." in content
    assert "short form" not in content.partition('id="access"')[2]
    assert "One short form" in Client().get(make("Behind a short form").url).content.decode()
