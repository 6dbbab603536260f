"""“Only new since my last” goes by what its owner has had, row by row, and says so everywhere."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connections
from django.test import Client
from django.utils import timezone
from pyroaring import BitMap64

from eoc_cms.core.models import User
from forms_app.exporting import exported_rows
from forms_app.intake.tray import let_through
from forms_app.listing.tables import scope_of
from forms_app.models import ExportedRows, ExportRecord, FormPage, Submission
from forms_app.privacy.erasing import erase_person
from tests.factories.exports import LIST, body, data_manager, exported, rows, send, sheets
from tests.factories.fixtures import MakeForm

NOTE: dict[str, Any] = {"clean_name": "note", "label": "Note", "field_type": "multiline"}
LEDGER = "/admin/forms_app/exportrecord/"
AT_ONCE = 8


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(NOTE, title="Guides")


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def notes(client: Client, **query: str) -> list[str]:
    return [row["Note"] for row in exported(client, **query)]


def new(client: Client, **query: str) -> list[str]:
    return notes(client, only_new="1", **query)


def change(submission: Submission, **values: Any) -> None:
    Submission.objects.filter(pk=submission.pk).update(**values)


def test_only_what_is_new_since_my_last(client: Client, form: FormPage) -> None:
    send(form, note="old")
    assert "only new since" not in client.get(LIST).content.decode()
    assert notes(client) == ["old"]
    assert "only new since" in client.get(LIST).content.decode()
    assert notes(client, only_new="1") == []
    send(form, note="new")
    # Somebody else's exports, and those of other rows, are not mine of these.
    colleague = data_manager("colleague")
    assert notes(colleague) == ["old", "new"]
    assert notes(client, state="accepted") == ["old", "new"]
    assert notes(client, only_new="1") == ["new"]
    assert notes(client, only_new="1") == []


def test_row_that_was_under_way_during_an_export_is_in_the_next(
    client: Client, form: FormPage
) -> None:
    late = send(form, note="late")
    number = late.pk
    late.delete()
    send(form, note="early")
    assert notes(client) == ["early"]
    # Its number was taken before, but its transaction has ended only now.
    late.pk, late.key = number, late.key
    late.save(force_insert=True)
    assert notes(client, only_new="1") == ["late"]


def test_row_that_enters_the_list_later_is_new_however_old_it_is(
    client: Client, form: FormPage
) -> None:
    tried, starred, doubtful = (send(form, note=note) for note in ("tried", "starred", "doubtful"))
    change(tried, is_test=True)
    change(doubtful, state="held")
    send(form, note="plain")
    assert notes(client, state="accepted") == ["starred", "plain"]
    assert notes(client, marked="starred") == []
    change(tried, is_test=False)
    change(starred, is_starred=True)
    let_through(doubtful, user=User.objects.get(username="data-manager"))
    assert new(client, state="accepted") == ["tried", "doubtful"]
    assert new(client, marked="starred") == ["starred"]
    assert new(client, state="accepted") == []


def test_row_that_left_and_came_back_is_not_new_again(client: Client, form: FormPage) -> None:
    answer = send(form, note="there and back")
    assert new(client) == ["there and back"]
    change(answer, is_test=True)
    assert new(client) == []
    change(answer, is_test=False)
    assert new(client) == []


def test_export_of_everything_counts_as_had(client: Client, form: FormPage) -> None:
    send(form, note="a")
    assert new(client) == ["a"]
    send(form, note="b")
    assert notes(client) == ["a", "b"]
    assert new(client) == []


def test_command_line_is_an_owner_of_its_own(
    client: Client, form: FormPage, tmp_path: Path
) -> None:
    target = tmp_path / "answers.csv"

    def by_command() -> list[str]:
        call_command("export_submissions", "--only-new", "--output", str(target))
        return [row["Note"] for row in rows(target.read_bytes())]

    send(form, note="a")
    assert by_command() == ["a"]
    send(form, note="b")
    assert notes(client) == ["a", "b"]
    User.objects.get(username="data-manager").delete()
    # What somebody else had who is gone is not what the command line had.
    assert by_command() == ["b"]
    assert by_command() == []
    assert ExportedRows.objects.count() == 1


def test_exports_that_end_at_once_lose_nothing_of_each_other(
    client: Client, form: FormPage
) -> None:
    send(form, note="a")
    first: Any = client.get(LIST, {"export": "csv", "only_new": "1"})
    send(form, note="b")
    second: Any = client.get(LIST, {"export": "csv", "only_new": "1"})
    assert b"".join(second.streaming_content).count(b"\r\n") == 3
    assert b"".join(first.streaming_content).count(b"\r\n") == 2
    assert new(client) == []


def test_owners_of_many_exports_at_once_have_had_them_all(transactional_db: None) -> None:
    owners = (User.objects.create_user("ana", "ana@example.org"), None)

    def end(number: int) -> None:
        try:
            for owner in owners:
                exported_rows.add("s", owner, BitMap64([number]), exported_at=timezone.now())
        finally:
            connections.close_all()

    with ThreadPoolExecutor(AT_ONCE) as pool:
        list(pool.map(end, range(AT_ONCE)))
    had = [
        BitMap64.deserialize(keys) for keys in ExportedRows.objects.values_list("keys", flat=True)
    ]
    assert had == [BitMap64(range(AT_ONCE))] * 2


def test_erased_answer_leaves_the_rest_as_it_was(client: Client, form: FormPage) -> None:
    answer = send(form, note="a")
    send(form, note="b")
    assert notes(client) == ["a", "b"]
    answer.delete()
    send(form, note="c")
    assert new(client) == ["c"]


def test_rows_are_counted_before_they_are_read(client: Client, form: FormPage) -> None:
    for number in range(3):
        send(form, note=str(number))
    notes(client)
    send(form, note="3")
    response = client.get(LIST, {"export": "csv", "only_new": "1"})
    assert "-1-rows-new.csv" in response["Content-Disposition"]
    body(response)
    record = ExportRecord.objects.latest("pk")
    assert (record.expected_rows, record.row_count) == (1, 1)


def test_only_new_is_told_in_the_ledger_and_in_the_workbook(client: Client, form: FormPage) -> None:
    send(form, note="a")
    words = "Only new since your last export: "
    for when in ("there is none yet", f"{timezone.localdate():%Y-%m-%d}"):
        content = sheets(body(client.get(LIST, {"export": "xlsx", "only_new": "1"})))
        told = dict(content["About"])["Filters"]
        assert told.startswith(f"{words}{when}")
        shown = client.get(LEDGER).content.decode().partition("eoc-records")[2]
        assert told in shown
        assert "everything" not in shown


def test_filters_and_only_new_are_told_together(client: Client, form: FormPage) -> None:
    send(form, note="a")
    new(client, state="accepted")
    assert ExportRecord.objects.get().filters == {
        "State": "Accepted",
        "Only new since your last export": "there is none yet",
    }


def test_nothing_of_an_erased_person_is_left_in_what_was_had(
    client: Client, form: FormPage
) -> None:
    send(form, note="a")
    for query in ({"q": "ana@example.org"}, {}):
        notes(client, **query)
    erase_person(email="ana@example.org")
    kept = ExportedRows.objects.get()
    assert kept.scope == scope_of("forms_app.submission", "")
    assert list(ExportRecord.objects.order_by("pk").values_list("scope", flat=True)) == [
        "",
        kept.scope,
    ]


def test_what_was_had_is_kept_small(client: Client, form: FormPage) -> None:
    user = User.objects.get(username="data-manager")
    now = timezone.now()
    exported_rows.add("a" * 64, user, BitMap64(range(1, 1_000_000)), exported_at=now)
    exported_rows.add("a" * 64, user, BitMap64([2_000_000]), exported_at=now)
    kept = ExportedRows.objects.get()
    assert len(kept.keys) < 1_000
    assert len(BitMap64.deserialize(kept.keys)) == 1_000_000
