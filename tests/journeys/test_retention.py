"""Answers go when their time is over; anonymous counts stay."""

from datetime import UTC, datetime
from io import StringIO

import pytest
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail
from forms_app.models import FormPage, Person, Submission
from forms_app.privacy.retention import months_before, purge
from resources.models import Grant

GUIDE = "/resources/empowering-equity-officers/"


def answer(email: str, *, months_ago: int) -> None:
    Client().post(GUIDE, {"work_email": email, "role": "Other leader"})
    moment = months_before(timezone.now(), months_ago)
    Submission.objects.filter(person__email=email).update(submit_time=moment)


@pytest.fixture
def answers(demo: str) -> None:
    answer("old@example.org", months_ago=25)
    answer("new@example.org", months_ago=23)


def test_old_answers_go_with_their_mails_and_person(answers: None) -> None:
    purge()
    assert [person.email for person in Person.objects.all()] == ["new@example.org"]
    assert Submission.objects.count() == 1
    assert not OutgoingMail.objects.filter(recipient="old@example.org").exists()
    assert Grant.objects.filter(person=None, submission=None).count() == 1


def test_dry_run_counts_and_erases_nothing(answers: None) -> None:
    output = StringIO()
    call_command("purge_personal_data", dry_run=True, stdout=output)
    assert output.getvalue().splitlines() == [
        "Get the guides: 1",
        "1 submissions and 1 people would be erased.",
    ]
    assert Submission.objects.count() == 2


def test_form_keeps_its_own_time_and_a_deleted_form_the_default(answers: None) -> None:
    FormPage.objects.update(retention_months=30)
    assert purge(dry_run=True).submissions == 0
    FormPage.objects.get(slug="get-the-guides").delete()
    assert purge(dry_run=True).submissions == 1


def test_a_month_before_the_31st_is_that_months_last_day() -> None:
    assert months_before(datetime(2024, 3, 31, tzinfo=UTC), 1) == datetime(2024, 2, 29, tzinfo=UTC)
    assert months_before(datetime(2024, 1, 15, tzinfo=UTC), 25) == datetime(
        2021, 12, 15, tzinfo=UTC
    )
