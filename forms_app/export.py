"""Export submissions as CSV, and enter each export in the ledger."""

from collections.abc import Iterator
from typing import Any
from zoneinfo import ZoneInfo

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser
from django.db.models import QuerySet
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.csv_writing import csv_lines
from forms_app.columns import labels_ever_asked, leading_columns
from forms_app.models import ExportRecord, Submission

CHUNK_ROWS = 500
# No field's name can hold a colon, so these columns never hide an answer.
FORM, STATE = ":form", ":state"


def columns_of_all_forms(queryset: QuerySet[Submission]) -> list[tuple[str, Any]]:
    """Return the union of the columns of every form that the rows answer."""
    keys = list(queryset.order_by().values_list("form_key", flat=True).distinct())
    return [
        *leading_columns(),
        (FORM, _("Form")),
        (STATE, _("State of the submission")),
        *labels_ever_asked(keys).items(),
    ]


def export_lines(
    queryset: QuerySet[Submission], columns: list[tuple[str, Any]], record: ExportRecord
) -> Iterator[bytes]:
    """Yield the CSV of the rows and write their number into the ledger at the end."""
    zone = ZoneInfo(settings.TIME_ZONE)
    names = [name for name, _heading in columns]
    count = 0

    def rows() -> Iterator[list[Any]]:
        nonlocal count
        for submission in queryset.select_related("version").iterator(chunk_size=CHUNK_ROWS):
            count += 1
            yield row_of(submission, names)

    yield from csv_lines(headings(columns), rows(), time_zone=zone)
    ExportRecord.objects.filter(pk=record.pk).update(row_count=count, finished_at=timezone.now())


def row_of(submission: Submission, names: list[str]) -> list[Any]:
    data = {
        **submission.get_data(),
        FORM: submission.version.title,
        STATE: submission.get_state_display(),
    }
    return [data.get(name, "") for name in names]


def headings(columns: list[tuple[str, Any]]) -> list[str]:
    """Name the time zone where a column holds times."""
    return [
        f"{heading} ({settings.TIME_ZONE})" if name == "submit_time" else str(heading)
        for name, heading in columns
    ]


def record_export(
    *, user: AbstractBaseUser | None, what: str, filters: dict[str, Any], file_format: str = "csv"
) -> ExportRecord:
    """Enter an export in the ledger before its first byte leaves."""
    return ExportRecord.objects.create(  # type: ignore[misc]
        user=user,
        username=user.get_username() if user else _("command line"),
        what=what,
        filters=filters,
        file_format=file_format,
    )


def csv_response(
    queryset: QuerySet[Submission],
    columns: list[tuple[str, Any]],
    *,
    user: AbstractBaseUser,
    what: str,
    filters: dict[str, Any],
    filename: str,
) -> StreamingHttpResponse:
    """Answer with a streamed CSV download of the rows."""
    record = record_export(user=user, what=what, filters=filters)
    response = StreamingHttpResponse(
        export_lines(queryset, columns, record), content_type="text/csv; charset=utf-8"
    )
    response["Content-Disposition"] = f'attachment; filename="{filename}"'
    return response
