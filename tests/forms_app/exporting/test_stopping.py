"""A saved export whose filter or right has gone stops, tells its owner, and is in the ledger."""

import html
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from eoc_cms.core.models import OutgoingMail, User
from forms_app.exporting.weekly import remind_owners
from forms_app.models import ExportRecord, FormPage, FormRight, SavedExport, Submission
from forms_app.privacy.erasing import erase_person
from home.groups import DATA_MANAGERS, EDITORS
from tests.factories.exports import SAVED, body, data_manager, send, table
from tests.factories.fixtures import MakeForm

LEDGER = "/admin/forms_app/exportrecord/"
NOTHING_WAITS = "Nothing was exported."


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    form = make_form(title="Guides")
    send(form, email="ana@example.org")
    return form


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def saved_by(client: Client, query: str, **values: Any) -> SavedExport:
    owner = User.objects.get(pk=client.session["_auth_user_id"])
    return SavedExport.objects.create(
        name="Report", owner=owner, listing="forms_app.submission", query=query, **values
    )


def run(client: Client, saved: SavedExport) -> Any:
    return client.post(reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk]))


def text_of(client: Client, address: str) -> str:
    return html.unescape(client.get(address, follow=True).content.decode())


def test_page_that_is_gone_stops_what_was_narrowed_to_it(client: Client, form: FormPage) -> None:
    Submission.objects.update(source_page=form.pk)
    saved = saved_by(client, f"source={form.pk}")
    assert len(table(body(run(client, saved)))) == 2
    FormPage.objects.get(pk=form.pk).delete()
    assert run(client, saved).status_code == 302
    reason = "is not known any more under “Sent from”."
    assert reason in text_of(client, SAVED)
    record = ExportRecord.objects.latest("pk")
    assert (record.row_count, record.finished_at) == (0, None)
    assert reason in record.refused_because
    assert f"Refused. {record.refused_because}" in text_of(client, LEDGER)
    saved.refresh_from_db()
    assert saved.stopped_at
    assert f"Stopped. {record.refused_because}" in text_of(client, SAVED)


@pytest.mark.parametrize(
    "query", ["source=999999", "from=2026-02-30", "form=x", "state=odd", "colour=red"]
)
def test_owner_is_told_once_by_mail_and_the_ledger_says_so(
    client: Client, form: FormPage, query: str
) -> None:
    saved_by(client, query, weekly=True)
    now = timezone.now()
    for day in range(20):
        assert remind_owners(at=now + timedelta(days=day)) == 0
    mail = OutgoingMail.objects.get()
    assert mail.recipient == "data-manager@example.org"
    assert mail.subject == "Your saved export has stopped: Report"
    assert NOTHING_WAITS in mail.text
    record = ExportRecord.objects.get()
    assert record.refused_because
    assert record.refused_because in mail.text
    assert record.filters == {"Saved export": "Report"}


def test_reminders_go_on_once_it_works_again(client: Client, form: FormPage) -> None:
    saved_by(client, "", weekly=True)
    group = Group.objects.get(name=DATA_MANAGERS)
    right = Permission.objects.get(codename="export_submission")
    group.permissions.remove(right)
    assert remind_owners() == 0
    assert "The right to export this list is missing." in OutgoingMail.objects.get().text
    group.permissions.add(right)
    assert remind_owners() == 1
    saved = SavedExport.objects.get()
    assert (saved.stopped_at, saved.stopped_because) == (None, "")


@pytest.fixture
def editor(make_form: MakeForm, form: FormPage) -> Client:
    user = User.objects.create_user("editor", "editor@example.org")
    user.groups.add(Group.objects.get(name=EDITORS))
    for each in (form, make_form(title="News")):
        FormRight.objects.create(
            group=Group.objects.get(name=EDITORS),
            form_key=each.form_key,
            form_title=each.title,
            may_view=True,
            may_export=True,
        )
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.parametrize("is_named", [True, False])
def test_right_to_one_of_its_forms_that_has_gone_stops_it(
    editor: Client, form: FormPage, is_named: bool
) -> None:
    saved = saved_by(editor, f"form={form.form_key}" if is_named else "", weekly=True)
    assert len(table(body(run(editor, saved)))) == 2
    FormRight.objects.filter(form_key=form.form_key).delete()
    reason = "The right to export the answers to “Guides” is missing."
    if is_named:
        reason = "is not known any more under “Form”."
    assert run(editor, saved).status_code == 302
    assert reason in ExportRecord.objects.latest("pk").refused_because
    assert remind_owners() == 0
    FormRight.objects.create(
        group=Group.objects.get(name=EDITORS), form_key=form.form_key, may_view=True
    )
    assert run(editor, saved).status_code == 302
    last = ExportRecord.objects.latest("pk").refused_because
    assert last == "The right to export the answers to “Guides” is missing."


def test_whoever_has_no_right_left_is_told_on_the_screen(editor: Client, form: FormPage) -> None:
    saved = saved_by(editor, "")
    assert len(table(body(run(editor, saved)))) == 2
    FormRight.objects.all().delete()
    where = reverse("forms_app_savedexport_modeladmin_run", args=[saved.pk])
    assert "The right to export" in text_of(editor, where)
    assert not ExportRecord.objects.exclude(refused_because="").exists()
    assert run(editor, saved)["Location"] == reverse("wagtailadmin_home")
    assert ExportRecord.objects.exclude(refused_because="").count() == 1


def test_command_that_finds_it_stopped_tells_the_owner(
    client: Client, form: FormPage, tmp_path: Path
) -> None:
    saved_by(client, "source=999999")
    target = str(tmp_path / "answers.csv")
    for _time in range(2):
        with pytest.raises(CommandError, match="is not known any more under “Sent from”"):
            call_command("export_submissions", "--saved", "Report", "--output", target)
    assert not Path(target).exists()
    assert OutgoingMail.objects.count() == 1
    assert {record.username for record in ExportRecord.objects.all()} == {
        "command line, for data-manager"
    }


def test_reason_that_names_an_erased_person_goes(client: Client, form: FormPage) -> None:
    saved = saved_by(client, "state=ana@example.org")
    run(client, saved)
    assert "ana@example.org" in ExportRecord.objects.get().refused_because
    erase_person(email="ana@example.org")
    assert ExportRecord.objects.get().refused_because == "(erased)"
    assert not SavedExport.objects.exists()
