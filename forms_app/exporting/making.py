"""Make one export: what is asked for becomes a file that is written while it is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.csv_writing import csv_lines
from eoc_cms.core.spreadsheets.xlsx_writing import MAX_COLUMNS, Sheet, xlsx_chunks
from forms_app.exporting import ledger
from forms_app.exporting.rows import Progress, only_new, texts
from forms_app.listing.tables import Column, Table, filters_in_words
from forms_app.models import ExportRecord
from forms_app.models.exports import FileFormat

CONTENT_TYPES = {
    FileFormat.CSV: "text/csv; charset=utf-8",
    FileFormat.RAW: "text/csv; charset=utf-8",
    FileFormat.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class ExportError(Exception):
    """What was asked for cannot be made; its text says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Wish:
    file_format: FileFormat = FileFormat.CSV
    only_new: bool = False
    ids_as_headings: bool = False


@dataclass(frozen=True, kw_only=True)
class Export:
    """A file on its way. It is whole only when `chunks` has ended without an error."""

    file_name: str
    content_type: str
    rows: int
    record: ExportRecord
    chunks: Iterator[bytes]


def make_export(table: Table, *, wish: Wish, user: User | None, by: str = "") -> Export:
    """Count the rows and enter the export in the ledger; the rows are read as it is sent.

    `by` says who took it where that is not simply the user.
    """
    if wish.file_format == FileFormat.XLSX and len(table.columns) > MAX_COLUMNS:
        raise ExportError(_("That is more columns than Excel opens. Choose fewer, or take CSV."))
    earlier = ledger.last_finished(table.scope, user) if wish.only_new else None
    if earlier:
        table = replace(table, queryset=only_new(table.queryset, earlier))
    rows = table.queryset.order_by().count()
    headings = headings_of(table.columns, wish)
    record = ledger.enter(
        table,
        user=user,
        by=by or (user.get_username() if user else ""),
        file_format=wish.file_format,
        headings=headings,
        expected_rows=rows,
    )
    return Export(
        file_name=_file_name(table, wish, rows),
        content_type=CONTENT_TYPES[wish.file_format],
        rows=rows,
        record=record,
        chunks=_chunks(table, headings, wish, record, earlier),
    )


def headings_of(columns: Sequence[Column], wish: Wish) -> list[str]:
    if wish.ids_as_headings:
        return [column.id for column in columns]
    return [column.heading_with_zone() for column in columns]


def _file_name(table: Table, wish: Wish, rows: int) -> str:
    """Say in the name how many rows there must be, so that whoever has it can check."""
    words = [table.slug, f"{timezone.localdate():%Y-%m-%d}", f"{rows}-rows"]
    words += ["new"] if wish.only_new else []
    words += ["raw"] if wish.file_format == FileFormat.RAW else []
    extension = "xlsx" if wish.file_format == FileFormat.XLSX else "csv"
    return f"{'-'.join(words)}.{extension}"


def _chunks(
    table: Table,
    headings: list[str],
    wish: Wish,
    record: ExportRecord,
    earlier: ExportRecord | None,
) -> Iterator[bytes]:
    progress = Progress()
    rows = texts(table, progress)
    if wish.file_format == FileFormat.XLSX:
        yield from xlsx_chunks(_sheets(table, headings, rows, record, progress))
    else:
        is_raw = wish.file_format == FileFormat.RAW
        zone = ZoneInfo(settings.TIME_ZONE)
        yield from csv_lines(headings, rows, time_zone=zone, raw=is_raw)
    ledger.finish(record, progress, earlier)


def _sheets(
    table: Table,
    headings: list[str],
    rows: Iterator[list[str]],
    record: ExportRecord,
    progress: Progress,
) -> Iterator[Sheet]:
    """Give the rows, then what there is to say about them, once they have been written."""
    data = Sheet(_("Rows"), headings, rows)
    yield data
    columns = [
        [column.id, heading, str(data.shortened.get(place, ""))]
        for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True))
    ]
    yield Sheet(_("Columns"), [_("Id"), _("Heading"), _("Cells that had to be shortened")], columns)
    yield Sheet(_("About"), [_("About this export"), ""], _about(table, record, progress))


def _about(table: Table, record: ExportRecord, progress: Progress) -> list[list[str]]:
    began = timezone.localtime(record.started_at, ZoneInfo(settings.TIME_ZONE))
    return [
        [_("What"), table.title],
        [_("Filters"), filters_in_words(table.filters)],
        [_("Prepared"), f"{began:%Y-%m-%d %H:%M:%S}"],
        [_("Time zone of all times"), settings.TIME_ZONE],
        [_("Rows"), str(progress.rows)],
        [_("By"), record.username],
        [_("Number in the export ledger"), str(record.pk)],
        [
            _("Good to know"),
            _(
                "Signs that a workbook cannot hold are shown as �. Texts longer than a cell "
                "can hold are shortened and say so; the CSV file holds them whole."
            ),
        ],
    ]
