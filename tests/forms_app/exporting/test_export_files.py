"""A file that is whole, safe, told of in the ledger, and never more than was asked for."""

import html
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.xlsx_cells import MAX_CELL
from forms_app.exporting import rows
from forms_app.models import ExportRecord, FormPage, Submission
from forms_app.privacy.erasing import erase_person
from home.groups import DATA_MANAGERS
from tests.factories.exports import LIST, body, data_manager, exported, send, sheets, table
from tests.factories.exports import rows as rows_of
from tests.factories.fixtures import MakeForm

NOTE: dict[str, Any] = {"clean_name": "note", "label": "Note", "field_type": "multiline"}
LEDGER = "/admin/forms_app/exportrecord/"


@pytest.fixture
def form(make_form: MakeForm) -> FormPage:
    return make_form(NOTE, title="Guides")


@pytest.fixture
def client(home: Any) -> Client:
    return data_manager()


def notes(client: Client, **query: str) -> list[str]:
    return [row["Note"] for row in exported(client, **query)]


# PostgreSQL keeps neither NUL nor lone surrogates, and no form lets them in.
STORED = st.text(st.characters(codec="utf-8", exclude_characters="\x00"))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(STORED, min_size=1, max_size=6))
def test_any_text_comes_out_of_both_files(client: Client, form: FormPage, texts: list[str]) -> None:
    Submission.objects.all().delete()
    for text in texts:
        send(form, note=text)
    assert notes(client) == texts
    content = body(client.get(LIST, {"export": "xlsx"}))
    headings, *lines = sheets(content)["Rows"]
    place = headings.index("Note")
    shown = [line[place] for line in lines]
    for text, cell in zip(texts, shown, strict=True):
        lines_of = text.replace("\r\n", "\n").replace("\r", "\n")
        assert len(cell) == len(lines_of)
        assert all(sign in (there, "\ufffd") for sign, there in zip(cell, lines_of, strict=True))


@pytest.mark.parametrize(
    "text", ["=1+1", "+1 404 555 0100", "@a", "\t=1", "ـ مرحبا 🌻", "x" * 100_000]
)
def test_text_is_whole_in_csv_and_never_a_formula(
    client: Client, form: FormPage, text: str
) -> None:
    send(form, note=text)
    assert notes(client) == [text]
    content = sheets(body(client.get(LIST, {"export": "xlsx"})))
    headings, line = content["Rows"]
    cell = line[headings.index("Note")]
    assert cell == text or (len(text) > MAX_CELL and "shortened: 100,000 characters" in cell)
    told = {row[1]: row[2] for row in content["Columns"]}
    assert told["Note"] == ("1" if len(text) > MAX_CELL else "")


def test_workbook_says_what_it_holds(client: Client, form: FormPage) -> None:
    receipt = send(form, note="a").receipt
    about = dict(sheets(body(client.get(LIST, {"export": "xlsx", "q": receipt})))["About"])
    assert about["What"] == "Submissions"
    assert about["Filters"] == f"Search: {receipt}"
    assert about["Rows"] == "1"
    assert about["By"] == "data-manager"
    assert about["Time zone of all times"] == "America/New_York"
    assert about["Number in the export ledger"] == str(ExportRecord.objects.get().pk)


def test_raw_file_is_labelled(client: Client, form: FormPage) -> None:
    send(form, note="=1+1")
    response = client.get(LIST, {"export": "csv-raw"})
    headings, line = table(body(response))
    assert line[headings.index("Note")] == "=1+1"
    assert response["Content-Disposition"].endswith('-1-rows-raw.csv"')
    assert ExportRecord.objects.get().get_file_format_display() == "Raw CSV, for programs only"
    assert b"csv-raw" not in client.get(LIST).content  # only on request


def test_rows_can_be_counted_by_the_name_and_in_the_ledger(client: Client, form: FormPage) -> None:
    for number in range(3):
        send(form, note=str(number))
    response = client.get(LIST, {"export": "csv"})
    assert len(rows_of(body(response))) == 3
    assert "-3-rows.csv" in response["Content-Disposition"]
    record = ExportRecord.objects.get()
    assert (record.expected_rows, record.row_count) == (3, 3)
    assert record.finished_at
    assert "3 rows" in client.get(LEDGER).content.decode()


def test_file_that_stops_half_way_is_seen_as_such(
    client: Client, form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    for number in range(3):
        send(form, note=str(number))
    whole = rows.batches

    def breaks(*asked: Any) -> Iterator[list[Any]]:
        yield from whole(*asked)
        raise ConnectionError("the database is gone")

    monkeypatch.setattr(rows, "batches", breaks)
    response: Any = client.get(LIST, {"export": "csv"})
    # The server then ends the connection without the last chunk, and browsers say so.
    with pytest.raises(ConnectionError):
        list(response.streaming_content)
    record = ExportRecord.objects.get()
    assert (record.row_count, record.finished_at, record.expected_rows) == (None, None, 3)
    assert "Not finished" in client.get(LEDGER).content.decode()
    monkeypatch.undo()
    # What never arrived is still new.
    assert notes(client, only_new="1") == ["0", "1", "2"]


def test_filters_of_the_list_are_those_of_the_export(client: Client, form: FormPage) -> None:
    send(form, note="kept")
    Submission.objects.filter(pk=send(form, note="spam").pk).update(state="held")
    other = send(form, note="other", email="zoe@example.org")
    assert notes(client, state="held") == ["spam"]
    assert notes(client, q=other.receipt) == ["other"]
    assert notes(client, form=str(form.form_key), state="accepted") == ["kept", "other"]
    words = [record.filters for record in ExportRecord.objects.order_by("pk")]
    assert words[0] == {"State": "Held as possible spam"}
    assert words[1] == {"Search": other.receipt}
    assert words[2] == {"Form": "Guides", "State": "Accepted"}
    shown = client.get(LEDGER).content.decode()
    assert "Form: Guides · State: Accepted" in shown
    assert "{" not in shown.split("<table")[1].split("</table>")[0]


@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_number_of_queries_does_not_grow_with_the_rows(
    client: Client, form: FormPage, file_format: str
) -> None:
    def queries() -> int:
        with CaptureQueriesContext(
            connection,
        ) as asked:
            body(client.get(LIST, {"export": file_format}))
        return len(asked)

    for number in range(3):
        send(form, note=str(number), email=f"{number}@example.org")
    queries()  # which also notes that there has been an export
    few = queries()
    for number in range(3, 33):
        send(form, note=str(number), email=f"{number}@example.org")
    assert queries() == few


def test_rows_are_read_batch_by_batch(
    client: Client, form: FormPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rows, "BATCH", 5)
    for number in range(23):
        send(form, note=str(number))
    response: Any = client.get(LIST, {"export": "csv"})
    content = iter(response.streaming_content)
    with CaptureQueriesContext(connection) as asked:
        start = [next(content) for _ in range(2)]  # the headings, the first five rows
    assert sum("form_data" in query["sql"] for query in asked) == 1
    rest = b"".join([*start, *content])
    assert [row["Note"] for row in rows_of(rest)] == [str(number) for number in range(23)]


@pytest.mark.parametrize("name", ["date_from", "date_to"])
def test_list_of_one_form_finds_nothing_by_a_date_that_is_none(
    client: Client, form: FormPage, name: str
) -> None:
    send(form, note="a story")
    address = reverse("wagtailforms:list_submissions", args=[form.pk])
    assert "a story" in client.get(address).content.decode()
    listed = client.get(address, {name: "2026-02-30"}).content.decode()
    assert "a story" not in listed
    assert listed.count("That date cannot be read") == 1


def test_list_of_one_form_exports_the_same(client: Client, form: FormPage) -> None:
    send(form, note="a")
    address = reverse("wagtailforms:list_submissions", args=[form.pk])
    assert [row["Note"] for row in exported(client, address)] == ["a"]
    assert exported(client, address, date_from="2100-01-01") == []
    assert ExportRecord.objects.latest("pk").filters == {"Form": "Guides", "From": "Jan. 1, 2100"}
    refused = client.get(address, {"export": "csv", "date_from": "no date"})
    assert refused.status_code == 302
    said = client.get(refused["Location"]).content.decode()
    assert said.count("That date cannot be read") == 1
    # The same rows as in the list of all answers, so also the same “last”.
    assert notes(client, form=str(form.form_key), only_new="1") == []


@pytest.mark.parametrize(
    "listing",
    [
        "forms_app/person",
        "forms_app/exportrecord",
        "resources/grant",
        "resources/download",
        "resources/cohortcode",
    ],
)
@pytest.mark.parametrize("file_format", ["csv", "xlsx"])
def test_every_list_is_exported(client: Client, listing: str, file_format: str) -> None:
    response = client.get(f"/admin/{listing}/", {"export": file_format})
    content = body(response)
    headings = table(content)[0] if file_format == "csv" else sheets(content)["Rows"][0]
    assert len(headings) > 3
    assert ExportRecord.objects.latest("pk").finished_at


STRANGE_QUERIES = [
    "bogus=1",
    "form=x",
    "form=%00",
    "source=99999999999999999999",
    "state=zzz",
    "state__in__foo=1",
    "state__regex=(",
    "submit_time__gte=abc",
    "submit_time__gte=2026-13-45",
    "person__email__startswith=a",
    "version__fields__contains=a",
    "o=99.x.-",
    "p=zzz",
    "q=%ff",
    "only_new=zzz",
]


@pytest.mark.parametrize("export", ["", "&export=csv", "&export=bogus", "&export=xlsx"])
def test_no_address_ends_in_an_error(client: Client, form: FormPage, export: str) -> None:
    send(form, note="a")
    for query in STRANGE_QUERIES:
        response = client.get(f"{LIST}?{query}{export}")
        assert response.status_code in {200, 302}, query


def test_address_cannot_search_what_the_list_does_not_offer(client: Client, form: FormPage) -> None:
    send(form, note="a")
    for query in ({"person__email": "ana@example.org"}, {"form_data__note": "a"}):
        assert client.get(LIST, {"export": "csv", **query})["Location"] == LIST
        assert "ana@example.org" not in client.get(LIST, query).content.decode()


def test_whoever_may_read_but_not_export_gets_no_file(client: Client, form: FormPage) -> None:
    from django.contrib.auth.models import Group, Permission

    send(form, note="secret")
    group = Group.objects.get(name=DATA_MANAGERS)
    group.permissions.remove(Permission.objects.get(codename="export_submission"))
    assert client.get(LIST).status_code == 200
    assert b"export=csv" not in client.get(LIST).content
    one_form = reverse("wagtailforms:list_submissions", args=[form.pk])
    for address in (LIST, one_form, LEDGER, "/admin/resources/grant/"):
        response = client.get(address, {"export": "csv"})
        assert response.status_code in {302, 403}
        assert not response.streaming
    assert not ExportRecord.objects.exists()


def test_export_forgets_what_an_erased_person_was_searched_by(
    client: Client, form: FormPage
) -> None:
    notes(client, q="ana@example.org")
    erase_person(email="Ana@Example.org")
    assert ExportRecord.objects.get().filters == {"Search": "(erased)"}


def test_people_are_exported_with_what_is_known_of_them(client: Client, form: FormPage) -> None:
    send(form, note="a")
    send(form, note="b")
    send(form, note="c", email="zoe@example.org")
    rows_found = exported(client, "/admin/forms_app/person/", q="ana@example.org")
    assert [(row["E-mail"], row["Answers"]) for row in rows_found] == [("ana@example.org", "2")]


def test_right_to_one_form_exports_that_form_only(make_form: MakeForm, form: FormPage) -> None:
    from django.contrib.auth.models import Group

    from forms_app.models import FormRight
    from home.groups import EDITORS

    send(form, note="mine")
    other = make_form(NOTE, title="News")
    send(other, note="not mine")
    group = Group.objects.get(name=EDITORS)
    FormRight.objects.create(
        group=group, form_key=form.form_key, may_view=True, may_export=True, form_title="Guides"
    )
    FormRight.objects.create(group=group, form_key=other.form_key, may_view=True, form_title="News")
    user = User.objects.create(username="editor", email="editor@example.org")
    user.groups.add(group)
    editor = Client()
    editor.force_login(user)
    assert b"export=csv" in editor.get(LIST).content
    assert notes(editor) == ["mine"]
    refused = editor.get(LIST, {"export": "csv", "form": str(other.form_key)}, follow=True)
    assert "The right to export the answers to “News” is missing." in html.unescape(
        refused.content.decode()
    )
    address = reverse("wagtailforms:list_submissions", args=[other.pk])
    for each in (address, "/admin/forms_app/person/", "/admin/resources/grant/", LEDGER):
        assert editor.get(each, {"export": "csv"}).status_code in {302, 403}
    create = "/admin/forms_app/savedexport/create/"
    assert editor.get(f"{create}?list=forms_app.person").status_code in {302, 403}
    page = editor.get(f"{create}?list=forms_app.submission").content.decode()
    assert "News" not in page


def test_answers_to_one_form_are_not_sorted_anew_for_each_batch(form: FormPage) -> None:
    found = Submission.objects.filter(form_key=form.form_key, is_test=False)
    batch = rows.by_key(found).order_by("pk").filter(pk__gt=0)[:5]
    assert "TEMP B-TREE" not in batch.explain()
    kept = send(form, note="a")
    Submission.objects.filter(pk=send(form, note="b").pk).update(is_test=True)
    assert list(rows.by_key(found)) == [kept]


def test_rows_are_counted_without_the_tests(client: Client, form: FormPage) -> None:
    Submission.objects.filter(pk=send(form, note="a").pk).update(is_test=True)
    send(form, note="b")
    assert "-1-rows.csv" in client.get(LIST, {"export": "csv"})["Content-Disposition"]
    asked = {"export": "csv", "marked": "test"}
    assert "-0-rows.csv" in client.get(LIST, asked)["Content-Disposition"]
