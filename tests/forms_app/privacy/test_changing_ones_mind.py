"""Whoever agreed changes their mind at any time: on the page of their data, or from a mail."""

import json
import re
from email import message_from_bytes
from email.policy import default
from typing import Any

import pytest
from django.core import mail as sent_mail
from django.core import signing
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone
from django.utils.formats import date_format

from eoc_cms.core.mail.outbox import send_due_mail
from eoc_cms.core.models import OutgoingMail, User
from forms_app.consents.standing import standing_of
from forms_app.intake.tray import let_through, put_aside
from forms_app.models import ConsentEvent, FormField, FormPage, Person, Submission
from forms_app.privacy import your_consents
from forms_app.privacy.erasing import erase_person
from forms_app.privacy.links import link_for
from tests.factories.fixtures import MakeForm

JANE, ANA = "jane@example.org", "ana@example.org"
WORDS = "Yes, write to me about new guides."
UPDATES = {
    "clean_name": "updates",
    "label": "Updates",
    "field_type": "consent",
    "consent_text": WORDS,
    "required": False,
}
PICTURES = {
    **UPDATES,
    "clean_name": "pictures",
    "label": "Pictures",
    "consent_text": "Show my picture.",
}
ONE_CLICK = {"List-Unsubscribe": "One-Click"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(UPDATES, PICTURES, visitor_mail_body="Thank you", title="Get the guides")


@pytest.fixture
def data_page(form: FormPage) -> str:
    """Give the address of the page of Jane's data; Ana has agreed as well."""
    for email in (JANE, ANA):
        assert Client().post(form.url, {"email": email, "updates": "on"}).status_code == 303
    return path_of(link_for(Person.objects.get(email=JANE)))


@pytest.fixture
def mail(data_page: str) -> OutgoingMail:
    return OutgoingMail.objects.get(recipient=JANE)


@pytest.fixture
def link(mail: OutgoingMail) -> str:
    """Give the address that Jane's mail leads to."""
    return path_of(mail.unsubscribe_url)


def path_of(address: str) -> str:
    return address.removeprefix("http://testserver")


def agreed(email: str = JANE) -> dict[str, bool]:
    person = Person.objects.get(email=email)
    said = standing_of([person.pk])[person.pk].values()
    return {event.field_name: event.is_given for event in said}


def press(address: str, button: str, label: str = "Updates", **more: Any) -> Any:
    """Press the button of one consent on a page, as a browser without scripts does."""
    page = Client().get(address).content.decode()
    [key] = re.findall(rf"{label}</h\d>.*?name=\"form-consent\" value=\"(\d+)\"", page, re.DOTALL)[
        :1
    ]
    assert f'value="{button}"' in page
    return Client().post(address, {"form-consent": key, "do": button}, **more)


def text_of(response: Any) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def today() -> str:
    return date_format(timezone.localdate(), "DATE_FORMAT")


# --- On both pages -----------------------------------------------------------------


@pytest.mark.parametrize("way", ["data_page", "link"])
def test_button_takes_a_consent_back_and_gives_it_again_and_says_so_with_the_day(
    request: pytest.FixtureRequest, way: str
) -> None:
    address = request.getfixturevalue(way)
    page = text_of(Client().get(address))
    assert WORDS in page
    assert f"You agree, since {today()}" in page
    done = press(address, "withdraw", follow=True)
    assert done.redirect_chain[0][1] == 303
    assert f"Noted on {today()}: you do not agree to “Updates” any more" in text_of(done)
    assert agreed() == {"updates": False, "pictures": False}
    again = press(address, "agree", follow=True)
    assert f"Noted on {today()}: you agree to “Updates”." in text_of(again)
    assert agreed() == {"updates": True, "pictures": False}
    assert agreed(ANA) == {"updates": True, "pictures": False}


@pytest.mark.parametrize(("way", "how"), [("data_page", "person"), ("link", "link")])
def test_fact_tells_the_words_and_the_way(
    request: pytest.FixtureRequest, way: str, how: str
) -> None:
    press(request.getfixturevalue(way), "withdraw")
    event = ConsentEvent.objects.order_by("pk").last()
    assert event
    assert (event.wording, event.form_title, event.how) == (WORDS, "Get the guides", how)
    assert (event.submission, event.user, event.username) == (None, None, "")


@pytest.mark.parametrize("way", ["data_page", "link"])
@pytest.mark.parametrize("method", ["get", "head"])
def test_opening_a_page_changes_nothing(
    request: pytest.FixtureRequest, way: str, method: str
) -> None:
    address = request.getfixturevalue(way)
    key = ConsentEvent.objects.order_by("pk")[0].pk
    asked = f"{address}?do=withdraw&form-consent={key}&List-Unsubscribe=One-Click"
    for _time in range(2):
        assert getattr(Client(), method)(asked).status_code == 200
    assert ConsentEvent.objects.count() == 4


@pytest.mark.parametrize("way", ["data_page", "link"])
def test_second_press_of_an_old_page_does_nothing_and_reads_the_same(
    request: pytest.FixtureRequest, way: str
) -> None:
    address = request.getfixturevalue(way)
    key = ConsentEvent.objects.get(person__email=JANE, field_name="updates").pk
    for _time in range(2):
        answer = Client().post(address, {"form-consent": key, "do": "withdraw"}, follow=True)
        assert "you do not agree to “Updates” any more" in text_of(answer)
    assert ConsentEvent.objects.filter(person__email=JANE).count() == 3


@pytest.mark.parametrize("way", ["data_page", "link"])
@pytest.mark.parametrize("consent", ["", "0", "x", "9" * 25, "٣", "another's"])
def test_consent_that_is_not_theirs_or_is_none_changes_nothing(
    request: pytest.FixtureRequest, way: str, consent: str
) -> None:
    address = request.getfixturevalue(way)
    if consent == "another's":
        consent = str(ConsentEvent.objects.get(person__email=ANA, field_name="updates").pk)
    answer = Client().post(address, {"form-consent": consent, "do": "withdraw"}, follow=True)
    assert answer.status_code == 200
    assert Client().get(address, {"said": consent}).status_code == 200
    assert ConsentEvent.objects.count() == 4


@pytest.mark.parametrize("way", ["data_page", "link"])
def test_page_of_another_site_can_press_no_button(request: pytest.FixtureRequest, way: str) -> None:
    address = request.getfixturevalue(way)
    for headers in ({"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}):
        assert press(address, "withdraw", headers=headers).status_code == 200
    assert ConsentEvent.objects.count() == 4


@pytest.mark.parametrize("way", ["data_page", "link"])
def test_database_that_fails_changes_nothing_and_says_so(
    request: pytest.FixtureRequest, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = request.getfixturevalue(way)

    def away(*_given: Any, **_named: Any) -> None:
        raise DatabaseError

    monkeypatch.setattr(your_consents, "change_mind", away)
    answer = press(address, "withdraw")
    assert answer.status_code == 503
    assert answer["Retry-After"]
    assert "Nothing was changed" in text_of(answer)


def test_somebody_agrees_to_the_words_that_stood_beside_the_button(
    form: FormPage, data_page: str
) -> None:
    press(data_page, "withdraw")
    shown = ConsentEvent.objects.filter(person__email=JANE).order_by("pk").last()
    FormField.objects.filter(page=form, clean_name="updates").update(consent_text="All you have.")
    FormPage.objects.get(pk=form.pk).save_revision().publish()
    Client().post(form.url, {"email": JANE})
    assert shown
    Client().post(data_page, {"form-consent": shown.pk, "do": "agree"})
    last = ConsentEvent.objects.filter(person__email=JANE, field_name="updates").latest("pk")
    assert (last.is_given, last.wording) == (True, WORDS)


# --- From a mail -------------------------------------------------------------------


def test_mail_about_an_answer_that_agrees_says_so_and_leads_to_a_page(
    mail: OutgoingMail, link: str
) -> None:
    assert f"You agreed to “Updates”. Change your mind at any time:\n{mail.unsubscribe_url}\n" in (
        mail.text
    )
    assert f'href="{mail.unsubscribe_url}"' in mail.html
    assert link.startswith("/your-data/consents/")


def test_mail_about_an_answer_that_agrees_to_nothing_has_no_such_link(form: FormPage) -> None:
    Client().post(form.url, {"email": JANE})
    mail = OutgoingMail.objects.get()
    assert "agreed" not in mail.text
    assert mail.unsubscribe_url == ""
    send_due_mail()
    assert "List-Unsubscribe" not in sent_mail.outbox[0].message()


def test_mail_program_finds_the_link_whole_in_the_header(mail: OutgoingMail) -> None:
    address = mail.unsubscribe_url
    OutgoingMail.objects.exclude(pk=mail.pk).delete()
    send_due_mail()
    message = message_from_bytes(sent_mail.outbox[0].message().as_bytes(), policy=default)
    # A line that is long begins anew behind the header's name, as RFC 5322 §2.2.3 allows.
    assert message["List-Unsubscribe"].strip() == f"<{address}>"
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    mail.refresh_from_db()
    assert mail.unsubscribe_url == ""


@pytest.mark.parametrize("is_multipart", [True, False])
def test_one_click_takes_back_what_the_mail_rests_on_and_nothing_else(
    form: FormPage, link: str, is_multipart: bool
) -> None:
    Client().post(form.url, {"email": JANE, "pictures": "on", "updates": "on"})
    body: Any = ONE_CLICK if is_multipart else "List-Unsubscribe=One-Click"
    kind: dict[str, Any] = (
        {} if is_multipart else {"content_type": "application/x-www-form-urlencoded"}
    )
    for _time in range(2):
        answer = Client().post(link, body, headers={"Sec-Fetch-Site": "cross-site"}, **kind)
        assert answer.status_code == 200
    assert agreed() == {"updates": False, "pictures": True}
    assert agreed(ANA)["updates"]


def test_one_click_holds_although_its_answer_was_put_aside_and_is_let_through_later(
    data_page: str, link: str
) -> None:
    staff = User.objects.create_user("staff")
    stored = Submission.objects.get(person__email=JANE)
    put_aside(stored, user=staff)
    Client().post(link, ONE_CLICK)
    let_through(stored, user=staff)
    assert agreed() == {"updates": False, "pictures": False}


def test_page_behind_the_link_tells_of_consents_only_and_is_kept_by_nobody(link: str) -> None:
    page = Client().get(link)
    assert JANE not in page.content.decode()
    assert page["Cache-Control"] == "private, no-store"
    assert page["X-Robots-Tag"] == "noindex"
    assert page["Referrer-Policy"] == "strict-origin"
    assert not Client().post(link, {"do": "json"}).has_header("Content-Disposition")
    Client().post(link, {"do": "erase"})
    assert Person.objects.filter(email=JANE).exists()


def test_link_lives_as_long_as_the_person(link: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with monkeypatch.context() as clock:
        clock.setattr("time.time", lambda: 4_000_000_000.0)
        assert Client().get(link).status_code == 200
    erase_person(email=JANE)
    for answer in (Client().get(link), Client().post(link, {"form-consent": 1, "do": "agree"})):
        assert answer.status_code == 410
        assert 'href="/your-data/"' in answer.content.decode()
    assert Client().post(link, ONE_CLICK).status_code == 410


def test_link_of_one_kind_or_changed_in_any_way_opens_nothing(link: str, data_page: str) -> None:
    token = link.removeprefix("/your-data/consents/").rstrip("/")
    of_the_other_page = data_page.removeprefix("/your-data/").rstrip("/")
    other = signing.Signer(salt="eoc.another").sign_object([1])
    for changed in (
        token[:-1],
        f"x{token}",
        token.upper(),
        of_the_other_page,
        other,
        "é",
        "a" * 9_000,
    ):
        answer = Client().post(f"/your-data/consents/{changed}/", ONE_CLICK)
        assert answer.status_code == 410
    assert Client().post(f"/your-data/{token}/", {"do": "json"}).status_code == 410
    assert ConsentEvent.objects.count() == 4


def test_held_answer_is_no_consent_yet(link: str) -> None:
    put_aside(Submission.objects.get(person__email=JANE), user=User.objects.create_user("staff"))
    page = text_of(Client().get(link))
    assert "nothing that you agreed to" in page
    assert WORDS not in page


# --- What is held ------------------------------------------------------------------


def test_all_that_was_said_is_handed_over_and_staff_are_not_named(data_page: str) -> None:
    press(data_page, "withdraw")
    ConsentEvent.objects.filter(how="person").update(username="colleague", note="by phone")
    answer: Any = Client().post(data_page, {"do": "json"})
    held = json.loads(b"".join(answer) if answer.streaming else answer.content)["held"]
    told = [(row["consent"], row["agreed"], row["wording"]) for row in held["consents"]]
    assert told == [
        ("Updates", "yes", WORDS),
        ("Pictures", "no", "Show my picture."),
        ("Updates", "withdrawn", WORDS),
    ]
    assert held["consents"][0]["receipt"] == Submission.objects.get(person__email=JANE).receipt
    assert "colleague" not in json.dumps(held)
