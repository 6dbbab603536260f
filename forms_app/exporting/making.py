"""Make one export: what is asked for becomes a file that is written while it is sent."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from eoc_cms.core.models import User
from eoc_cms.core.spreadsheets.cells import Cell, value_writer
from eoc_cms.core.spreadsheets.csv_writing import CsvWriter
from eoc_cms.core.spreadsheets.xlsx_writing import MAX_COLUMNS, Sheet, xlsx_chunks
from forms_app.exporting import exported_rows, ledger
from forms_app.exporting.copying import lines_of
from forms_app.exporting.rows import Progress, reader_of, rows_of, values
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

    Without a user it is the command line's own. `by` says who took it where that is not
    simply the user.
    """
    if wish.file_format == FileFormat.XLSX and len(table.columns) > MAX_COLUMNS:
        raise ExportError(_("That is more columns than Excel opens. Choose fewer, or take CSV."))
    table, rows = _counted(table, wish, user)
    headings = headings_of(table.columns, wish)
    record = ledger.enter(
        table,
        user=user,
        by=by or (user.get_username() if user else ""),
        file_format=wish.file_format,
        headings=headings,
        expected_rows=rows,
    )
    chunks = _chunks(table, headings, wish, record)
    return Export(
        file_name=_file_name(table, wish, rows),
        content_type=CONTENT_TYPES[wish.file_format],
        rows=rows,
        record=record,
        chunks=_in_language(translation.get_language() or settings.LANGUAGE_CODE, chunks),
    )


def filters_told(table: Table, wish: Wish, owner: User | None) -> dict[str, str]:
    """Return in words what narrows an export, by the list's filters and by the wish."""
    if not wish.only_new:
        return table.filters
    last = exported_rows.last_export_at(table.scope, owner)
    when = f"{_local(last):%Y-%m-%d %H:%M:%S}" if last else _("there is none yet")
    return {**table.filters, _("Only new since your last export"): when}


def _counted(table: Table, wish: Wish, owner: User | None) -> tuple[Table, int]:
    """Return the table as the wish narrows it, and how many rows it has."""
    if not wish.only_new:
        return table, table.counted()
    # Before the keys are read, so that an export which ends meanwhile is not told of.
    filters = filters_told(table, wish, owner)
    keys = exported_rows.new_keys(table, owner)
    return replace(table, filters=filters, only=keys), len(keys)


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


def _in_language(language: str, chunks: Iterator[bytes]) -> Iterator[bytes]:
    """Write a file in the language of whoever asked for it, while it is sent."""
    while True:
        # Not around the yield: the thread's language is not ours between two chunks.
        with translation.override(language):
            chunk = next(chunks, None)
        if chunk is None:
            return
        yield chunk


def _chunks(table: Table, headings: list[str], wish: Wish, record: ExportRecord) -> Iterator[bytes]:
    progress = Progress()
    if wish.file_format == FileFormat.XLSX:
        yield from xlsx_chunks(_sheets(table, headings, record, progress))
    else:
        yield from _csv(table, headings, progress, is_raw=wish.file_format == FileFormat.RAW)
    ledger.finish(record, progress)


def _csv(table: Table, headings: list[str], progress: Progress, *, is_raw: bool) -> Iterator[bytes]:
    writer = CsvWriter(time_zone=ZoneInfo(settings.TIME_ZONE), raw=is_raw)
    yield writer.begin(headings)
    yield from lines_of(table, progress, writer)


def _cells(table: Table, progress: Progress) -> Iterator[Sequence[Cell]]:
    """Yield each row as cells of their types."""
    write = value_writer(ZoneInfo(settings.TIME_ZONE))
    for rows in rows_of(table, progress, reader_of(table)):
        columns = [
            [value if type(value) is str else write(value) for value in values(column, rows)]
            for column in table.columns
        ]
        yield from zip(*columns, strict=True)


def _sheets(
    table: Table, headings: list[str], record: ExportRecord, progress: Progress
) -> Iterator[Sheet]:
    """Give the rows, then what there is to say about them, once they have been written."""
    data = Sheet(_("Rows"), headings, _cells(table, progress))
    yield data
    columns: list[list[Cell]] = [
        [", ".join([column.id, *column.also]), heading, data.shortened.get(place, "")]
        for place, (column, heading) in enumerate(zip(table.columns, headings, strict=True))
    ]
    yield Sheet(_("Columns"), [_("Id"), _("Heading"), _("Cells that had to be shortened")], columns)
    about = _about(table, record, progress)
    yield Sheet(_("About"), [_("About this export"), ""], about, has_filter=False)


def _about(table: Table, record: ExportRecord, progress: Progress) -> list[list[Cell]]:
    return [
        [_("What"), table.title],
        [_("Filters"), filters_in_words(table.filters)],
        [_("Prepared"), _local(record.started_at)],
        [_("Time zone of all times"), settings.TIME_ZONE],
        [_("Rows"), progress.rows],
        [_("By"), record.username],
        [_("Number in the export ledger"), record.pk],
        [
            _("Good to know"),
            _(
                "Signs that a workbook cannot hold are shown as �. Texts longer than a cell "
                "can hold are shortened and say so; the CSV file holds them whole."
            ),
        ],
    ]


def _local(moment: datetime) -> datetime:
    """Return a moment as the clock shows it in the site's time zone."""
    local = timezone.localtime(moment, ZoneInfo(settings.TIME_ZONE))
    return local.replace(tzinfo=None, microsecond=0)
