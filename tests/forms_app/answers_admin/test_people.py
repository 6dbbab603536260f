"""People: one row for each address, with all that is known of them, found by any word of it."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from forms_app.models import FormField, FormPage, Person, Submission
from home.groups import DATA_MANAGERS
from resources.models import Download, Grant
from tests.factories.admin import rows_of
from tests.factories.fixtures import SignIn

PEOPLE = "/admin/forms_app/person/"
ANSWERS = "/admin/forms_app/submission/"


@pytest.fixture
def client(sign_in: SignIn) -> Client:
    return sign_in(DATA_MANAGERS)


@pytest.fixture
def consenting(form: FormPage) -> FormPage:
    form.form_fields.add(
        FormField(
            clean_name="updates",
            label="Updates",
            field_type="consent",
            consent_text="Write to me once a month.",
            required=False,
            sort_order=9,
        )
    )
    form.save_revision().publish()
    return FormPage.objects.get(pk=form.pk)


def answer(form: FormPage, email: str, **more: str) -> Submission:
    Client().post(form.url, {"email": email, **more})
    return Submission.objects.latest("pk")


def fetched(submission: Submission, title: str) -> None:
    grant = Grant.objects.create(
        submission=submission,
        person=submission.person,
        form_key=submission.form_key,
        resource_title=title,
        expires_at=timezone.now() + timedelta(days=1),
    )
    Download.objects.create(grant=grant, resource_title=title, file_title="guide.pdf")


def test_person_has_one_row_with_the_latest_consent_and_what_they_fetched(
    client: Client, consenting: FormPage
) -> None:
    fetched(answer(consenting, "ana@example.org", updates="on"), "A guide")
    answer(consenting, "Ana@Example.org")
    content = client.get(PEOPLE).content.decode()
    assert rows_of(content).count("ana@example.org") == 1
    assert "A guide" in content
    assert "Updates: no" in content
    assert "Updates: yes" not in content
    page = client.get(f"{PEOPLE}inspect/{Person.objects.get().pk}/").content.decode()
    assert "Write to me once a month." in page
    assert "guide.pdf" in page


@pytest.mark.parametrize("asked", ["ana", "ANA", "exam", "ana@jefferson", "example.org", "jeff"])
def test_word_or_its_beginning_finds_a_person_and_their_answer(
    client: Client, form: FormPage, asked: str
) -> None:
    answer(form, "ana@jefferson.example.org")
    answer(form, "zoe@other.test")
    for listing in (PEOPLE, ANSWERS):
        content = client.get(listing, {"q": asked}).content.decode()
        assert "ana@jefferson.example.org" in rows_of(content)
        assert "zoe@other.test" not in content


@pytest.mark.parametrize("asked", ["%", "'", "a:* | b", "\\", "!", "x" * 3_000, "a " * 500, "\x00"])
def test_whatever_is_searched_for_is_answered(client: Client, form: FormPage, asked: str) -> None:
    answer(form, "ana@example.org")
    for listing in (PEOPLE, ANSWERS):
        assert client.get(listing, {"q": asked}).status_code == 200


@pytest.mark.parametrize("listing", [PEOPLE, ANSWERS])
def test_list_takes_as_many_queries_for_many_as_for_few(
    client: Client, consenting: FormPage, listing: str
) -> None:
    fetched(answer(consenting, "ana@example.org", updates="on"), "A guide")
    few = queries_of(client, listing)
    for number in range(8):
        fetched(answer(consenting, f"person{number}@example.org", updates="on"), f"G{number}")
    assert queries_of(client, listing) <= few


def queries_of(client: Client, address: str) -> int:
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(address).status_code == 200
    return len(captured)


def test_span_of_days_holds_its_first_and_its_last_day(client: Client, form: FormPage) -> None:
    for day, email in (("2026-03-01", "a@x.test"), ("2026-03-02", "b@x.test")):
        row = answer(form, email)
        noon = datetime.fromisoformat(f"{day}T12:00:00+00:00")
        Submission.objects.filter(pk=row.pk).update(submit_time=noon)
    both = client.get(ANSWERS, {"from": "2026-03-01", "until": "2026-03-02"}).content.decode()
    assert "a@x.test" in both
    assert "b@x.test" in both
    first = client.get(ANSWERS, {"until": "2026-03-01"}).content.decode()
    assert "a@x.test" in first
    assert "b@x.test" not in first
    for wrong in ("soon", "9999-12-31", "0001-01-01"):
        assert client.get(ANSWERS, {"from": wrong, "until": wrong}).status_code == 200
