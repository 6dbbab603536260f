"""Lines that PostgreSQL writes hold, cell for cell, what Python would write."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings as site
from django.test import Client
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from eoc_cms.core.spreadsheets.csv_writing import SIGNS, UNSEEN, CsvWriter
from forms_app.exporting import copying
from forms_app.exporting.copying import Copier
from forms_app.exporting.rows import reader_of, values
from forms_app.field_types import FIELD_TYPES, WORDS_ONLY
from forms_app.listing.answers import ANSWERS
from forms_app.listing.tables import Table
from forms_app.models import ConsentEvent, FormField, FormPage, Person, Submission
from tests.factories.exports import data_manager, exported, send, table
from tests.factories.fixtures import MakeForm

pytestmark = pytest.mark.postgres

KINDS = [kind for kind, _title in FIELD_TYPES if kind not in WORDS_ONLY]
# Whose question was of another type when some of the answers were given.
CHANGED = {"singleline": "datetime", "radio": "checkboxes", "number": "date"}
HOSTILE = st.sampled_from([*UNSEEN, *SIGNS, *"'\";\\,|%\t\r\n", "\ufffd", "NULL", "\\.", "é", "🌻"])
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), max_size=20)
HARD = st.lists(HOSTILE | st.sampled_from("a1 "), max_size=8).map("".join)
NUMBER = st.from_regex(r"-?[0-9]{1,20}(\.[0-9]{1,9})?", fullmatch=True)
DAY = st.dates().map(str) | st.from_regex(r"[0-9]{4}-[01][0-9]-[0-3][0-9]", fullmatch=True)
CLOCK = st.from_regex(
    r"[0-2][0-9]:[0-6][0-9](:[0-6][0-9])?(Z|[+-][0-9]{2}:[0-9]{2})?", fullmatch=True
)
STRING = TEXT | HARD | NUMBER | DAY | st.builds("{}T{}".format, DAY, CLOCK)
USUAL = STRING | st.booleans() | st.none() | st.integers() | st.lists(STRING, max_size=4)
STRANGE = (
    st.floats(allow_nan=False, allow_infinity=False)
    | st.dictionaries(TEXT, TEXT, max_size=2)
    | st.lists(st.lists(STRING, max_size=2) | st.none() | st.booleans() | st.floats(0, 9))
)
MOMENT = st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1), timezones=st.just(UTC))


@pytest.fixture
def forms(make_form: MakeForm) -> list[FormPage]:
    fields = [{"clean_name": kind, "label": kind, "field_type": kind} for kind in KINDS]
    return [make_form(*fields, title="Guides"), make_form(fields[0], title="News")]


@pytest.fixture
def answers(forms: list[FormPage]) -> list[Submission]:
    """Give answers under two versions of a form, and to another form."""
    first, other = send(forms[0]), send(forms[1], email="zoe@example.org")
    for kind, since in CHANGED.items():
        FormField.objects.filter(page=forms[0], clean_name=kind).update(field_type=since)
    return [first, other, send(FormPage.objects.get(pk=forms[0].pk))]


def by_python(rows: Table, writer: CsvWriter) -> bytes:
    found = reader_of(rows)(rows.queryset.order_by("pk"))
    return writer.lines([values(column, found, as_text=True) for column in rows.columns])


def by_database(rows: Table, writer: CsvWriter) -> bytes | None:
    copier = Copier(rows, rows.sources or [], writer)
    return copier.lines(copier.keys(rows.queryset.order_by("pk")))


def cells(lines: bytes) -> list[list[str]]:
    return table(b"\xef\xbb\xbf" + lines)


def writer_of(*, raw: bool = False) -> CsvWriter:
    return CsvWriter(time_zone=ZoneInfo(site.TIME_ZONE), raw=raw)


@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    data=st.lists(st.dictionaries(st.sampled_from(["email", *KINDS]), USUAL), max_size=3),
    known=st.lists(HARD, min_size=3, max_size=3),
    moment=MOMENT,
    raw=st.booleans(),
)
@example(data=[{"singleline": "x" * 100_000}], known=["", "", ""], moment=timezone.now(), raw=False)
@example(
    # An hour that comes twice, and one that the clock change leaves out.
    data=[{"singleline": "2024-02-29T02:30"}] * 3,
    known=["", "=1", "+1"],
    moment=datetime(2026, 11, 1, 5, 59, 59, 999_999, tzinfo=UTC),
    raw=False,
)
def test_every_usual_answer_is_written_as_python_would(
    answers: list[Submission],
    data: list[dict[str, Any]],
    known: list[str],
    moment: datetime,
    raw: bool,
) -> None:
    note, title, reason = known
    for answer, given_data in zip(answers, [*data, {}, {}, {}], strict=False):
        Submission.objects.filter(pk=answer.pk).update(
            form_data=given_data,
            submit_time=moment,
            note=note,
            source_title=title,
            held_because=reason,
        )
    rows, writer = ANSWERS.everything(""), writer_of(raw=raw)
    lines = by_database(rows, writer)
    assert lines is not None
    assert cells(lines) == cells(by_python(rows, writer))
    assert lines == by_python(rows, writer)


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(value=STRANGE)
def test_what_sql_writes_otherwise_is_left_to_python(
    answers: list[Submission], value: object
) -> None:
    Submission.objects.filter(pk=answers[0].pk).update(form_data={"singleline": value})
    rows, writer = ANSWERS.everything(""), writer_of()
    lines = by_database(rows, writer)
    assert lines is None or lines == by_python(rows, writer)


def test_a_batch_that_python_has_to_write_stands_among_the_others(
    answers: list[Submission], home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    Submission.objects.filter(pk=answers[2].pk).update(form_data={"dropdown": {"a": [1.50]}})
    monkeypatch.setattr("forms_app.exporting.rows.BATCH", 1)
    monkeypatch.setattr(copying, "BATCHES_AT_ONCE", 1)
    found = [row["dropdown"] for row in exported(data_manager())]
    assert found == ["", "", "{'a': [1.5]}"]


def test_changed_consents_and_people_are_those_of_each_row(answers: list[Submission]) -> None:
    person = Person.objects.get(email="ana@example.org")
    said = {"person": person, "form_key": answers[0].form_key, "field_name": "consent"}
    words = {"label": "=News", "wording": "", "form_title": "", "at": timezone.now()}
    ConsentEvent.objects.create(submission=answers[0], is_given=True, how="answer", **said, **words)
    ConsentEvent.objects.create(is_given=False, is_change=True, how="person", **said, **words)
    rows, writer = ANSWERS.everything(""), writer_of()
    lines = by_database(rows, writer)
    assert lines == by_python(rows, writer)
    assert "'=News: withdrawn on" in (lines or b"").decode()


def test_lone_empty_cell_is_still_a_row(answers: list[Submission]) -> None:
    rows, writer = ANSWERS.everything("").with_columns([(":note", "")]), writer_of()
    assert by_database(rows, writer) == by_python(rows, writer) == b'""\r\n' * 3


def test_row_that_has_gone_is_not_told_of(answers: list[Submission]) -> None:
    rows = ANSWERS.everything("")
    copier = Copier(rows, rows.sources or [], writer_of())
    keys = copier.keys(rows.queryset.order_by("pk"))
    answers[1].delete()
    assert copier.lines(keys) is None


def test_answers_are_copied_and_not_made_into_objects(
    answers: list[Submission], home: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    client: Client = data_manager()

    def refuse(*_asked: object) -> None:
        raise AssertionError

    monkeypatch.setattr(CsvWriter, "lines", refuse)
    monkeypatch.setattr(CsvWriter, "begin", lambda *_asked: b"")
    response: Any = client.get("/admin/forms_app/submission/", {"export": "csv"})
    assert b"ana@example.org" in b"".join(response.streaming_content)
