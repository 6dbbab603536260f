"""What is kept no longer goes by itself at night, and staff and visitors can see when."""

import re
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import LazySettings
from django.conf import settings as django_settings
from django.contrib.sessions.models import Session
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from eoc_cms.core import kept_data
from eoc_cms.core.background import jobs
from eoc_cms.core.mail.outbox import send_due_mail
from eoc_cms.core.models import OutgoingMail, User
from forms_app.models import (
    ErasedTally,
    ExportRecord,
    FormPage,
    Person,
    Submission,
    SubmissionFile,
)
from forms_app.privacy.retention import due_condition, months_before, purge
from forms_app.privacy.retention_overview import erased_from, overview
from forms_app.privacy.retention_rules import HELD_DAYS, LEDGER_FILTER_MONTHS, MAIL_DAYS
from home.models import HomePage, StandardPage
from resources.gate.retention import ENDED_GRANT_DAYS, erase_ended_grants
from resources.models import Download, Grant
from tests.factories.fixtures import MakeForm
from tests.factories.pages import publish

JANE = "jane@example.org"
DOCS = Path(__file__).resolve().parents[3] / "docs" / "data-protection.md"


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(
        {"clean_name": "name", "label": "Name", "field_type": "singleline"},
        {"clean_name": "plan", "label": "Plan", "field_type": "file"},
        title="Ask us",
        visitor_mail_body="Thank you",
        retention_months=12,
    )


def answer(form: FormPage, email: str = JANE, *, months_ago: int = 0, **more: Any) -> Submission:
    Client().post(form.url, {"email": email, **more})
    newest = Submission.objects.latest("pk")
    moment = months_before(timezone.now(), months_ago) - timedelta(minutes=1)
    Submission.objects.filter(pk=newest.pk).update(submit_time=moment)
    newest.refresh_from_db()
    return newest


def test_files_mails_wording_and_traces_go_with_an_old_answer(form: FormPage) -> None:
    plan = SimpleUploadedFile("plan.pdf", b"%PDF-1.7 plan", "application/pdf")
    answer(form, months_ago=12, plan=plan)
    ExportRecord.objects.create(what="All", username="x", filters={"Search": f"{JANE} "})
    log(instance=Person.objects.get(), action="wagtail.edit")
    FormPage.objects.get().form_fields.filter(clean_name="name").delete()
    publish(FormPage.objects.get())
    purge()
    assert not SubmissionFile.objects.exists()
    assert not OutgoingMail.objects.exists()
    assert ExportRecord.objects.get().filters == {"Search": "(erased)"}
    assert not ModelLogEntry.objects.filter(label__contains=JANE).exists()


def test_total_of_a_month_stays_when_its_answers_go(form: FormPage) -> None:
    emails = ("one@example.org", "two@example.org")
    months = {answer(form, email, months_ago=12).submit_time for email in emails}
    purge()
    assert sum(tally.count for tally in ErasedTally.objects.all()) == 2
    answer(form, months_ago=13)
    purge()
    assert sum(tally.count for tally in ErasedTally.objects.all()) == 3
    assert {tally.form_title for tally in ErasedTally.objects.all()} == {"Ask us"}
    assert {timezone.localtime(moment).date().replace(day=1) for moment in months} <= {
        tally.month for tally in ErasedTally.objects.all()
    }


def test_person_with_a_newer_answer_stays_with_that_one(form: FormPage) -> None:
    answer(form, months_ago=12)
    kept = answer(form, name="again", months_ago=11)
    purge()
    assert Submission.objects.get() == kept
    assert Person.objects.get().email == JANE


def test_grant_that_still_lives_stays_and_names_nobody(form: FormPage) -> None:
    old = answer(form, months_ago=12)
    answer(form, name="again")
    grant = grant_of(old, ends=timezone.now() + timedelta(days=5))
    purge()
    grant.refresh_from_db()
    assert (grant.person, grant.submission) == (None, None)
    assert grant.is_live()


def grant_of(submission: Submission, *, ends: Any, **more: Any) -> Grant:
    return Grant.objects.create(
        submission=submission,
        person=submission.person,
        form_key=submission.form_key,
        expires_at=ends,
        **more,
    )


def test_grant_that_ended_long_ago_goes_and_its_downloads_stay(form: FormPage) -> None:
    given = answer(form)
    now = timezone.now()
    long_ago = now - timedelta(days=ENDED_GRANT_DAYS, minutes=1)
    lately = now - timedelta(days=ENDED_GRANT_DAYS - 1)
    over = grant_of(given, ends=long_ago)
    revoked = grant_of(given, ends=now + timedelta(days=9), revoked_at=long_ago)
    kept = grant_of(given, ends=lately)
    Download.objects.create(grant=over, resource_title="Guide", file_title="File")
    assert erase_ended_grants() == 2
    assert Grant.objects.get() == kept != revoked
    assert Download.objects.get().grant is None


def test_answer_that_stays_held_goes_before_the_form_ends_it(
    form: FormPage, wait: Callable[[timedelta], None]
) -> None:
    answer(form, website_address="filled in")
    taken = answer(form, "ana@example.org")
    wait(timedelta(days=HELD_DAYS - 1))
    assert purge(dry_run=True).submissions == 0
    wait(timedelta(days=1, minutes=5))
    purge()
    assert Submission.objects.get() == taken


def test_mails_that_tell_of_no_answer_go_after_a_month(
    form: FormPage, wait: Callable[[timedelta], None]
) -> None:
    answer(form)
    Client().post("/your-data/", {"email": JANE})
    assert send_due_mail() == 2
    wait(timedelta(days=MAIL_DAYS + 1))
    purge()
    assert OutgoingMail.objects.get().about == Submission.objects.get().receipt


def test_words_of_a_mail_that_was_given_up_go_after_a_month(form: FormPage) -> None:
    answer(form)
    OutgoingMail.objects.update(given_up_at=timezone.now() - timedelta(days=MAIL_DAYS + 1))
    purge()
    mail = OutgoingMail.objects.get()
    assert (mail.text, mail.html) == ("", "")


def test_delivered_message_goes_with_its_answer(form: FormPage, settings: LazySettings) -> None:
    settings.MAIL_TRANSPORT = "eoc_cms.core.mail.folder.EmlFolderBackend"
    settings.EMAIL_FILE_PATH = settings.DATA_DIR / "mail-of-retention"
    answer(form)
    kept = answer(form, "ana@example.org")
    send_due_mail()
    Submission.objects.filter(person__email=JANE).update(
        submit_time=months_before(timezone.now(), 13)
    )
    from forms_app.privacy.erasing import clean_up

    purge()
    clean_up()
    [left] = list(Path(settings.EMAIL_FILE_PATH).glob("*.eml"))
    assert kept.receipt.encode() in left.read_bytes()


def test_ledger_forgets_in_time_what_was_searched_for(form: FormPage) -> None:
    record = ExportRecord.objects.create(what="All", username="x", filters={"Search": "Jane"})
    ExportRecord.objects.update(
        started_at=months_before(timezone.now(), LEDGER_FILTER_MONTHS) - timedelta(days=1)
    )
    purge()
    record.refresh_from_db()
    assert (record.filters, record.what) == ({"Filters": "no longer kept"}, "All")


def test_dry_run_tells_each_form_and_erases_nothing(form: FormPage) -> None:
    answer(form, months_ago=12)
    answer(form, "ana@example.org", months_ago=1)
    result = purge(dry_run=True)
    assert result.forms == {"Ask us": 1}
    assert (result.submissions, result.people) == (1, 1)
    assert Submission.objects.count() == 2


def test_worker_clears_ended_sessions(form: FormPage) -> None:
    client = Client()
    client.force_login(User.objects.create(username="x"))
    Session.objects.update(expire_date=timezone.now() - timedelta(days=1))
    assert {"clear_sessions", "erase_ended_grants", "purge_personal_data"} <= set(
        jobs.run_due_jobs()
    )
    assert not Session.objects.exists()


def test_overview_says_how_many_go_and_when(form: FormPage) -> None:
    answer(form, months_ago=12)
    second = answer(form, "ana@example.org", months_ago=11)
    Submission.objects.filter(pk=second.pk).update(
        submit_time=months_before(timezone.now() + timedelta(days=10), 12)
    )
    answer(form, "ben@example.org")
    [line] = overview()
    assert (line.title, line.months, line.held) == ("Ask us", 12, 3)
    assert (line.due_now, line.due_soon, line.erased) == (1, 2, 0)
    purge()
    [line] = overview()
    assert (line.held, line.due_now, line.due_soon, line.erased) == (2, 0, 1, 1)
    assert line.next_at is not None
    assert abs(line.next_at - timezone.now() - timedelta(days=10)) < timedelta(days=3)


def test_moment_told_is_the_moment_it_is_due(form: FormPage) -> None:
    given = answer(form, months_ago=3)
    for is_held in (False, True):
        Submission.objects.update(state="held" if is_held else "accepted")
        end = erased_from(given.submit_time, months=12, is_held=is_held)
        due = Submission.objects.filter(due_condition(end + timedelta(days=3)))
        not_yet = Submission.objects.filter(due_condition(end - timedelta(days=3)))
        assert (due.count(), not_yet.count()) == (1, 0)


def table_on_the_privacy_page(home: HomePage) -> dict[str, str]:
    """Publish a page with the table that fills itself; return how long each thing is kept."""
    home.refresh_from_db()
    value = {"type": "retention_table", "value": {"caption": "What we keep"}}
    page = StandardPage(title="Privacy", slug="privacy", body=[value])
    page.body = StandardPage.body.field.stream_block.to_python([value])
    publish(home.add_child(instance=page))
    html = BeautifulSoup(Client().get("/privacy/").content, "html.parser")
    rows = html.select("main table tbody tr")
    cells = [[cell.get_text(strip=True) for cell in row.find_all(["th", "td"])] for row in rows]
    return {what: how_long for what, _why, how_long in cells}


def test_table_on_the_privacy_page_says_what_the_settings_do(
    form: FormPage, home: HomePage
) -> None:
    table = table_on_the_privacy_page(home)
    assert table["Answers to “Ask us”, with files sent along"] == "12 months"
    assert table["Answers to a form that is gone"] == f"{django_settings.RETENTION_MONTHS} months"
    assert table["Answers held as possible spam"].startswith(f"{HELD_DAYS} days")
    assert table["Other mails, such as a link sent again"] == f"{MAIL_DAYS} days"
    assert table["What was opened for you, and until when"].startswith(f"{ENDED_GRANT_DAYS} days")


def test_table_changes_with_the_form_though_the_page_is_cached(
    form: FormPage, home: HomePage, django_capture_on_commit_callbacks: Any
) -> None:
    table_on_the_privacy_page(home)
    with django_capture_on_commit_callbacks(execute=True):
        form.retention_months = 7
        publish(form)
    assert "7 months" in Client().get("/privacy/").content.decode()


def test_documentation_names_every_row_of_the_table(form: FormPage) -> None:
    text = " ".join(DOCS.read_text(encoding="utf-8").split())
    for row in kept_data.all_kept():
        what = re.sub(r"“.*?”", "a form", row.what)
        assert what in text
        for number in re.findall(r"\d+ (?:days?|months|hours)", row.how_long):
            assert number in text or "Answers to “" in row.what
