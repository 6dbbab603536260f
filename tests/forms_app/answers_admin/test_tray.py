"""What may be spam waits in a tray; a person's answer is delivered from there, once."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormField, FormPage, Submission
from home.groups import DATA_MANAGERS
from resources.models import Grant, ResourceIndexPage, ResourcePage
from tests.factories import pages as making
from tests.factories.fixtures import SignIn
from tests.factories.visitor import Visitor

TRAP = {"website_address": "https://spam.example"}


@pytest.fixture
def guide(index: ResourceIndexPage, form: FormPage) -> ResourcePage:
    form.visitor_mail_body = "Here it is: {link}"
    form.save_revision().publish()
    return making.make_resource(index, "A guide", gate_mode="form", gate_form=form)


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


def sent(page: ResourcePage, email: str, **more: str) -> Submission:
    Client().post(page.url, {"email": email, **more})
    return Submission.objects.latest("pk")


def do(client: Client, answer: Submission, what: str, **data: str) -> None:
    address = reverse("forms_app_answer_action", args=[answer.pk])
    assert client.post(address, {"do": what, **data}).status_code == 302


def test_tray_shows_who_when_why_and_what(client: Client, guide: ResourcePage) -> None:
    held = sent(guide, "ana@example.org", **TRAP)
    sent(guide, "zoe@example.org")
    content = client.get(reverse("forms_app_tray")).content.decode()
    assert "ana@example.org" in content
    assert held.held_because in content
    assert "zoe@example.org" not in content


def test_tray_says_what_was_ticked_in_words(client: Client, guide: ResourcePage) -> None:
    form = FormPage.objects.get()
    form.form_fields.add(FormField(label="Updates", field_type="checkbox", sort_order=9))
    form.save_revision().publish()
    held = sent(guide, "ana@example.org", **TRAP)
    assert held.form_data["updates"] is False
    content = client.get(reverse("forms_app_tray")).content.decode()
    assert "ana@example.org · no" in content
    assert "False" not in content.partition("eoc-tray__excerpt")[2].partition("</p>")[0]


def test_who_is_held_reads_that_somebody_looks_at_it_first(guide: ResourcePage) -> None:
    visitor = Visitor(guide.url)
    visitor.press(email="ana@example.org", **TRAP)
    assert visitor.status == 200
    assert visitor.response.context["is_held"]
    assert "We have your answer" in visitor.text


def test_delivering_opens_the_guide_and_mails_exactly_once(
    client: Client, guide: ResourcePage
) -> None:
    held = sent(guide, "ana@example.org", **TRAP)
    assert not Grant.objects.live().exists()
    assert not OutgoingMail.objects.waiting().exists()
    do(client, held, "deliver")
    do(client, held, "deliver")
    held.refresh_from_db()
    assert (held.state, held.held_because) == ("accepted", "")
    assert Grant.objects.live().get().submission == held
    assert OutgoingMail.objects.filter(recipient="ana@example.org").count() == 1
    assert not mail.outbox


def test_answer_whose_e_mail_question_is_gone_is_delivered_all_the_same(
    client: Client, guide: ResourcePage, form: FormPage
) -> None:
    held = sent(guide, "ana@example.org", **TRAP)
    page = FormPage.objects.get(pk=form.pk)
    page.form_fields.update(clean_name="address")
    do(client, held, "deliver")
    assert OutgoingMail.objects.filter(recipient="ana@example.org").count() == 1


def test_answer_to_a_form_that_is_gone_is_delivered_all_the_same(
    client: Client, form: FormPage
) -> None:
    form.visitor_mail_body = "Thank you"
    making.publish(form)
    Client().post(form.url, {"email": "ana@example.org", **TRAP})
    held = Submission.objects.get()
    form.delete()
    do(client, held, "deliver")
    held.refresh_from_db()
    assert held.state == "accepted"
    assert OutgoingMail.objects.waiting().get().recipient == "ana@example.org"


def test_marking_as_spam_closes_what_was_opened_and_delivering_opens_it_anew(
    client: Client, guide: ResourcePage
) -> None:
    answer = sent(guide, "ana@example.org")
    first = Grant.objects.get()
    assert first.is_live()
    do(client, answer, "hold")
    answer.refresh_from_db()
    first.refresh_from_db()
    assert answer.state == "held"
    assert "data-managers" in answer.held_because
    assert not first.is_live()
    do(client, answer, "deliver")
    first.refresh_from_db()
    assert first.is_live()
    assert Grant.objects.get() == first


def test_ticked_ones_are_delivered_and_erased_together(client: Client, guide: ResourcePage) -> None:
    held = [sent(guide, f"person{number}@example.org", **TRAP) for number in range(3)]
    chosen = reverse("forms_app_answers_chosen")
    client.post(chosen, {"do": "deliver", "answers": [held[0].pk, held[1].pk, "1 OR 1"]})
    assert Submission.objects.accepted().count() == 2
    client.post(chosen, {"do": "erase", "answers": [row.pk for row in held]})
    # Only what is in the tray is erased from there.
    assert Submission.objects.count() == 2
    assert not Submission.objects.filter(pk=held[2].pk).exists()


def test_held_and_test_answers_are_not_counted(client: Client, guide: ResourcePage) -> None:
    sent(guide, "spam@example.org", **TRAP)
    tried = sent(guide, "me@example.org")
    real = sent(guide, "ana@example.org")
    do(client, tried, "test", value="yes")
    assert list(Submission.objects.counted()) == [real]


def test_star_and_note_stay_with_the_answer(client: Client, guide: ResourcePage) -> None:
    answer = sent(guide, "ana@example.org")
    do(client, answer, "star", value="yes")
    do(client, answer, "note", note="Called her\x00 back.")
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[answer.pk])
    assert "Called her back." in client.get(inspect).content.decode()
    listing = reverse("forms_app_submission_modeladmin_index")
    starred = client.get(listing, {"marked": "starred"}).content.decode()
    assert "★ ana@example.org" in starred
    do(client, answer, "star", value="no")
    assert "★" not in client.get(listing).content.decode()


def test_note_that_is_too_long_is_refused_in_words(client: Client, guide: ResourcePage) -> None:
    answer = sent(guide, "ana@example.org")
    address = reverse("forms_app_answer_action", args=[answer.pk])
    content = client.post(address, {"do": "note", "note": "x" * 2_001}, follow=True).content
    assert "shorten it to 2,000 characters" in content.decode()


def test_next_address_of_another_site_is_not_followed(client: Client, guide: ResourcePage) -> None:
    answer = sent(guide, "ana@example.org")
    address = reverse("forms_app_answer_action", args=[answer.pk])
    response = client.post(f"{address}?next=https://evil.example/", {"do": "star"})
    assert response["Location"].startswith("/admin/")


def test_page_of_an_answer_tells_what_came_of_it(client: Client, guide: ResourcePage) -> None:
    sent(guide, "ana@example.org")
    # Not the same answer sent twice, which would be one.
    Submission.objects.update(repeat_key="earlier")
    answer = sent(guide, "ana@example.org")
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[answer.pk])
    content = client.get(inspect).content.decode()
    for words in ("What it opened", "A guide", "Mails", "waits to be sent", "days left)"):
        assert words in content
    assert "Other answers of the same person" in content


def test_page_of_an_answer_takes_as_many_queries_however_much_came_of_it(
    client: Client, guide: ResourcePage
) -> None:
    sent(guide, "ana@example.org")
    Submission.objects.update(repeat_key="first")
    answer = sent(guide, "ana@example.org")
    inspect = reverse("forms_app_submission_modeladmin_inspect", args=[answer.pk])
    few = queries_of(client, inspect)
    for number in range(8):
        Submission.objects.filter(pk=Submission.objects.latest("pk").pk).update(
            repeat_key=f"earlier {number}"
        )
        sent(guide, "ana@example.org")
        Grant.objects.create(
            submission=answer,
            person=answer.person,
            form_key=answer.form_key,
            resource_title=f"Guide {number}",
            expires_at=timezone.now() + timedelta(days=1),
        )
    assert queries_of(client, inspect) <= few


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_undoing_a_spam_mark_mails_nothing_again_and_says_so(
    client: Client, guide: ResourcePage
) -> None:
    answer = sent(guide, "ana@example.org")
    OutgoingMail.objects.update(sent_at=timezone.now())
    do(client, answer, "hold")
    words = told(client, answer, "deliver")
    assert "1 answer is let through. 1 grant is open. Nothing is mailed." in words
    assert "1 had been mailed before, and is not mailed again." in words
    assert not OutgoingMail.objects.waiting().exists()
    do(client, answer, "hold")
    guide.delete()
    words = told(client, answer, "deliver")
    assert "1 answer is let through. Nothing is mailed." in words
    assert "nothing was opened or sent" not in words


def test_delivering_tells_what_was_opened_and_mailed(client: Client, guide: ResourcePage) -> None:
    held = sent(guide, "ana@example.org", **TRAP)
    words = told(client, held, "deliver")
    assert "1 answer is let through. 1 grant is open. 1 mail is on its way." in words


def test_page_of_an_answer_leads_to_a_mail_to_its_sender(
    client: Client, guide: ResourcePage
) -> None:
    answer = sent(guide, "ana+work@example.org")
    page = client.get(reverse("forms_app_submission_modeladmin_inspect", args=[answer.pk]))
    assert 'href="mailto:ana%2Bwork@example.org?subject=' in page.content.decode()


def told(client: Client, answer: Submission, deed: str) -> str:
    """Do something with an answer and return the words on the page that follows."""
    address = reverse("forms_app_answer_action", args=[answer.pk])
    answered = client.post(address, {"do": deed}, follow=True)
    return " ".join(" ".join(str(m) for m in answered.context["messages"]).split())
