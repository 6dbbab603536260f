"""The export for programs: whole or not at all, for its owner alone, and in the ledger."""

import stat
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.utils import timezone

from forms_app.exporting import rows
from forms_app.models import ExportRecord, FormPage, SavedExport, Submission
from tests.factories.exports import data_manager, send, sheets, table
from tests.factories.exports import rows as rows_of
from tests.factories.fixtures import MakeForm

NOTE: dict[str, Any] = {"clean_name": "note", "label": "Note", "field_type": "multiline"}


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    form = make_form(NOTE, title="Guides", slug="guides")
    send(form, note="=first")
    return form


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "answers.csv"


def export(target: Path, *options: str) -> list[str]:
    """Run the command; return the notes in its file."""
    call_command("export_submissions", "--output", str(target), *options)
    return [row["Note"] for row in rows_of(target.read_bytes())]


def test_file_is_for_its_owner_alone_and_in_the_ledger(
    form: FormPage, target: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert export(target) == ["=first"]
    assert stat.S_IMODE(target.stat().st_mode) == 0o600
    assert capsys.readouterr().err == "1 rows\n"
    record = ExportRecord.objects.get()
    assert (record.username, record.user, record.row_count) == ("command line", None, 1)
    assert record.finished_at


def test_standard_output_holds_the_file_and_nothing_else(
    form: FormPage, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    call_command("export_submissions")
    assert rows_of(capfdbinary.readouterr().out)[0]["Note"] == "=first"


def test_workbook_is_written(form: FormPage, target: Path) -> None:
    call_command("export_submissions", "--format", "xlsx", "--output", str(target))
    content = sheets(target.read_bytes())
    assert "Note" in content["Rows"][0]
    assert dict(content["About"])["By"] == "command line"


def test_columns_come_as_named_and_ids_as_headings(form: FormPage, target: Path) -> None:
    export(target, "--columns", "note,:receipt,email")
    assert table(target.read_bytes())[0] == ["Note", "Receipt number", "E-mail"]
    columns = ("--columns", ":receipt, note", "--ids")
    call_command("export_submissions", "--form", "guides", *columns, output=str(target))
    assert table(target.read_bytes())[0] == [":receipt", "note"]
    call_command("export_submissions", *columns, output=str(target))
    assert table(target.read_bytes())[0] == [":receipt", f"{form.form_key.hex}.note"]


def test_name_of_a_field_means_it_in_every_form_and_same_words_can_be_joined(
    form: FormPage, make_form: MakeForm, target: Path
) -> None:
    send(make_form(NOTE, title="News"), note="other")
    columns = ("--columns", "note")
    call_command("export_submissions", *columns, output=str(target))
    assert table(target.read_bytes())[0] == ["Note [Guides]", "Note [News]"]
    assert export(target, *columns, "--join-same-words") == ["=first", "other"]
    assert table(target.read_bytes())[0] == ["Note"]


def test_raw_file_is_as_stored(form: FormPage, target: Path) -> None:
    export(target, "--raw")
    assert "'=first" not in target.read_text()
    assert ExportRecord.objects.get().file_format == "csv-raw"


@pytest.mark.parametrize("named_by", ["slug", "key"])
def test_one_form_is_named_by_its_address_or_key(
    form: FormPage, make_form: MakeForm, target: Path, named_by: str
) -> None:
    send(make_form(NOTE, title="News"), note="other")
    assert len(export(target, "--join-same-words")) == 2
    name = form.slug if named_by == "slug" else str(form.form_key)
    assert export(target, "--form", name) == ["=first"]
    assert ExportRecord.objects.latest("pk").filters == {"Form": "Guides"}


def test_form_whose_page_is_gone_is_named_by_its_key(form: FormPage, target: Path) -> None:
    key = str(form.form_key)
    FormPage.objects.get(pk=form.pk).delete()
    call_command("export_submissions", "--form", key, "--output", str(target))
    assert rows_of(target.read_bytes())[0]["Form"] == "Guides"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--since", "2026-03-02"], []),
        (["--since", "2026-03-01"], ["=first"]),
        (["--until", "2026-03-01"], ["=first"]),
        (["--until", "2026-02-28"], []),
        (["--since", "2026-03-01T22:59", "--until", "2026-03-01T23:01"], ["=first"]),
        (["--until", "2026-03-01T23:00"], []),
        (["--since", "2026-03-02T04:00:00Z"], ["=first"]),
    ],
)
def test_days_are_those_of_the_site(
    form: FormPage, target: Path, options: list[str], found: list[str]
) -> None:
    moment = timezone.make_aware(timezone.datetime(2026, 3, 1, 23, 0))  # type: ignore[attr-defined]
    Submission.objects.update(submit_time=moment)
    assert export(target, *options) == found


def test_only_new_goes_by_the_last_such_export(form: FormPage, target: Path) -> None:
    assert export(target, "--form", "guides") == ["=first"]
    send(form, note="second")
    assert export(target, "--form", "guides", "--only-new") == ["second"]
    assert export(target, "--form", "guides", "--only-new") == []
    assert export(target, "--only-new") == ["=first", "second"]


def test_saved_export_is_run_for_its_owner(form: FormPage, target: Path) -> None:
    saved = saved_export(form)
    assert export(target, "--saved", "Report") == ["=first"]
    assert table(target.read_bytes())[0] == ["Note"]
    record = ExportRecord.objects.get()
    assert (record.username, record.user) == ("command line, for data-manager", saved.owner)
    saved_export(form, owner="colleague")
    with pytest.raises(CommandError, match="add --owner"):
        export(target, "--saved", "Report")
    assert export(target, "--saved", "Report", "--owner", "colleague") == ["=first"]


def saved_export(form: FormPage, owner: str = "data-manager") -> SavedExport:
    data_manager(owner)
    from eoc_cms.core.models import User

    return SavedExport.objects.create(
        name="Report",
        owner=User.objects.get(username=owner),
        listing="forms_app.submission",
        query=f"form={form.form_key}",
        columns=[["note", "Note"]],
    )


def test_saved_export_of_whoever_lost_the_right_is_refused(form: FormPage, target: Path) -> None:
    saved_export(form).owner.groups.clear()
    with pytest.raises(CommandError, match="may no longer export"):
        export(target, "--saved", "Report")
    assert not target.exists()


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--form", "nothing"], "There is no form “nothing”."),
        (["--form", "00000000-0000-0000-0000-000000000000"], "There is no form"),
        (["--since", "yesterday"], "“yesterday” is no date"),
        (["--until", "9999-12-31"], "is no date"),
        (["--columns", "bogus"], "There is no column bogus. There are: :receipt"),
        (["--saved", "nothing"], "There is no saved export named “nothing”."),
        (["--saved", "a", "--form", "guides"], "cannot stand together"),
        (["--raw", "--format", "xlsx"], "--raw is for CSV only"),
    ],
)
def test_what_is_wrong_is_said_in_plain_words(
    form: FormPage, target: Path, options: list[str], words: str
) -> None:
    with pytest.raises(CommandError, match=words.replace("?", r"\?").replace("(", r"\(")):
        export(target, *options)
    assert not target.exists()
    assert not ExportRecord.objects.exists()


def test_folder_that_is_not_there_is_told(form: FormPage, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="The file could not be written: No such file"):
        export(tmp_path / "nowhere" / "a.csv")


def test_file_is_there_as_a_whole_or_not_at_all(
    form: FormPage, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export(target)
    before = target.read_bytes()
    send(form, note="second")

    def breaks(queryset: Any, only: Any, read: Any, size: int) -> Any:
        yield read(queryset.order_by("pk")[:1])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(rows, "batches", breaks)
    with pytest.raises(CommandError, match="No space left on device"):
        export(target)
    assert target.read_bytes() == before
    assert [path.name for path in target.parent.iterdir()] == [target.name]
    assert ExportRecord.objects.latest("pk").finished_at is None


def test_command_and_admin_give_the_same_file(form: FormPage, target: Path, home: Any) -> None:
    export(target)
    client: Client = data_manager()
    response: Any = client.get("/admin/forms_app/submission/", {"export": "csv"})
    assert b"".join(response.streaming_content) == target.read_bytes()
