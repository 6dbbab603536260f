"""Hand over what is held of a person: as JSON, as CSV, or with their files in a ZIP."""

import json
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import IO
from zoneinfo import ZoneInfo

from django.conf import settings
from django.http import FileResponse, HttpResponse
from django.http.response import HttpResponseBase
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.csv_writing import csv_lines
from forms_app.effects import PersonalRow, PersonalTable
from forms_app.models import ExportRecord
from forms_app.privacy.finding import files_of, personal_data_of

FORMATS = ("json", "csv", "zip")
IN_MEMORY = 5_000_000  # bytes; what is larger is put together on the disk


def hand_over(*, address: str, file_format: str, user: User | None = None) -> HttpResponseBase:
    """Answer with everything held of an address, and enter that in the export ledger.

    Without a user it is the person's own doing. Raises KeyError for another format.
    """
    make = {"json": _json_response, "csv": _csv_response, "zip": _zip_response}[file_format]
    tables = personal_data_of(address)
    _enter(tables, address, file_format, user)
    response = make(tables, address)
    # Nothing of the address in a file name: it stays in lists of downloads.
    name = f"personal-data-{timezone.localdate():%Y-%m-%d}.{file_format}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def as_json(tables: list[PersonalTable]) -> str:
    content = {
        "prepared_at": timezone.now().isoformat(),
        "site": settings.WAGTAILADMIN_BASE_URL,
        "held": {table.key: [_json_row(row) for row in table.rows] for table in tables},
    }
    return json.dumps(content, ensure_ascii=False, indent=2)


def as_csv(tables: list[PersonalTable]) -> Iterator[bytes]:
    """Yield one table for all that is held: each fact and each answer is a row."""
    headings = [_("What"), _("Number"), _("Field or question"), _("Value")]
    lines = (
        [table.title, number, label, value]
        for table in tables
        for number, row in enumerate(table.rows, start=1)
        for label, value in table.values(row)
    )
    return csv_lines(headings, lines, time_zone=ZoneInfo(settings.TIME_ZONE))


def _json_row(row: PersonalRow) -> dict[str, object]:
    facts = {
        name: value.isoformat() if isinstance(value, datetime) else value
        for name, value in row.facts.items()
    }
    if not row.answers:
        return facts
    answers = [
        {
            "question": each.question,
            "answer": each.answer,
            **({"agreed_to": each.wording} if each.wording else {}),
        }
        for each in row.answers
    ]
    return {**facts, "answers": answers}


def _json_response(tables: list[PersonalTable], address: str) -> HttpResponse:
    return HttpResponse(as_json(tables), content_type="application/json; charset=utf-8")


def _csv_response(tables: list[PersonalTable], address: str) -> HttpResponse:
    return HttpResponse(b"".join(as_csv(tables)), content_type="text/csv; charset=utf-8")


def _zip_response(tables: list[PersonalTable], address: str) -> FileResponse:
    # Handed on to the response, which closes it.
    packed: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("personal-data.json", as_json(tables))
        archive.writestr("personal-data.csv", b"".join(as_csv(tables)))
        for number, row in enumerate(files_of(address).iterator(), start=1):
            with suppress(FileNotFoundError), row.file.open() as stored:
                # Numbered, since two files may have the same name.
                archive.writestr(f"files/{number}-{row.name.replace('/', '_')}", stored.read())
    packed.seek(0)
    return FileResponse(packed, content_type="application/zip")


def _enter(tables: list[PersonalTable], address: str, file_format: str, user: User | None) -> None:
    rows = sum(len(table.rows) for table in tables)
    # Read by staff, so in the site's language whoever asked.
    with translation.override(settings.LANGUAGE_CODE):
        ExportRecord.objects.create(
            user=user,
            username=user.get_username() if user else _("the person themselves"),
            what=_("Everything held of one person"),
            # Forgotten when the person is erased (privacy/traces.py).
            filters={_("Person"): address} if user else {},
            columns=[table.title for table in tables],
            file_format=file_format,
            expected_rows=rows,
            row_count=rows,
            finished_at=timezone.now(),
        )
