"""Export answers to a file that is there as a whole or not at all, or to standard output."""

import os
import sys
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, BinaryIO

from django.core.exceptions import PermissionDenied
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import DatabaseError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dateparse import parse_date, parse_datetime

from eoc_cms.core.models import User
from forms_app.exporting.making import ExportError, Wish, make_export
from forms_app.exporting.saved import table_of_saved, wish_of
from forms_app.exporting.stopping import reason_of, resume, stop
from forms_app.form_titles import form_titles
from forms_app.listing.answers import ANSWERS
from forms_app.listing.base import UnusableFiltersError
from forms_app.listing.tables import Table
from forms_app.models import FormPage, SavedExport
from forms_app.models.exports import FileFormat

NO_LONGER_ALLOWED = "Its owner may no longer export this, or its filters no longer fit the list."


class Command(BaseCommand):
    help = "Export submissions as CSV or Excel. The export is entered in the ledger."

    def add_arguments(self, parser: CommandParser) -> None:
        add = parser.add_argument
        add("--form", help="Only one form: the end of its page's address, or its key.")
        add("--since", help="Sent on this day or later: 2026-03-01, or with a time.")
        add("--until", help="Sent on this day or earlier; with a time, before it.")
        add("--columns", help="Ids of columns in their order, with commas.")
        add(
            "--join-same-words",
            action="store_true",
            help="One column for the questions of all forms that have the same words.",
        )
        add("--ids", action="store_true", help="Put the columns' ids where the headings stand.")
        add("--format", choices=["csv", "xlsx"], default="csv")
        add("--raw", action="store_true", help="CSV for programs: not safe in a spreadsheet.")
        add("--only-new", action="store_true", help="Only what the last such export left out.")
        add("--saved", help="The name of a saved export; it brings rows, columns and format.")
        add("--owner", help="Whose saved export, where two people have one of that name.")
        add("--output", default="-", help="The file to write; - is standard output.")

    def handle(self, *args: object, **options: Any) -> None:
        try:
            table, wish, user = saved(options) if options["saved"] else asked(options)
            rows = write(table, wish, user, options["output"])
        except (ExportError, UnusableFiltersError, PermissionDenied) as error:
            raise CommandError(str(error) or NO_LONGER_ALLOWED) from error
        except DatabaseError as error:
            raise CommandError(f"The database could not be read: {type(error).__name__}") from error
        except OSError as error:
            reason = error.strerror or type(error).__name__
            raise CommandError(f"The file could not be written: {reason}") from error
        self.stderr.write(f"{rows} rows")


def write(table: Table, wish: Wish, user: User | None, output: str) -> int:
    by = f"command line, for {user.get_username()}" if user else "command line"
    export = make_export(table, wish=wish, user=user, by=by)
    with written_whole(output) as file:
        for chunk in export.chunks:
            file.write(chunk)
    export.record.refresh_from_db()
    return export.record.row_count or 0


@contextmanager
def written_whole(output: str) -> Iterator[BinaryIO]:
    """Open a file that takes its name only when all is well; its owner alone can read it."""
    if output == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    target = Path(output)
    number, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}-")  # mode 0600
    try:
        with os.fdopen(number, "wb") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def saved(options: dict[str, Any]) -> tuple[Table, Wish, User]:
    for name in ("form", "since", "until", "columns", "join_same_words"):
        if options[name]:
            option = name.replace("_", "-")
            raise CommandError(f"--{option} and --saved cannot stand together.")
    found = SavedExport.objects.filter(name=options["saved"]).select_related("owner")
    if options["owner"]:
        found = found.filter(owner__username=options["owner"])
    exports = list(found[:2])
    if not exports:
        raise CommandError(f"There is no saved export named “{options['saved']}”.")
    if len(exports) > 1:
        raise CommandError("Two people have a saved export of this name: add --owner.")
    wish = wish_of(exports[0])
    only_new = wish.only_new or options["only_new"]
    chosen = Wish(file_format=wish.file_format, only_new=only_new, ids_as_headings=options["ids"])
    return table_or_stop(exports[0]), chosen, exports[0].owner


def table_or_stop(export: SavedExport) -> Table:
    """Return the rows of a saved export; where there are none any more, tell its owner."""
    owner = export.owner.get_username()
    try:
        table = table_of_saved(export)
    except (PermissionDenied, UnusableFiltersError) as error:
        stop(export, reason_of(error), by=f"command line, for {owner}", by_mail=True)
        raise
    resume(export)
    return table


def asked(options: dict[str, Any]) -> tuple[Table, Wish, None]:
    if options["raw"] and options["format"] == "xlsx":
        raise CommandError("--raw is for CSV only.")
    query = QueryDict(mutable=True)
    if options["form"]:
        query["form"] = str(key_of_form(options["form"]))
    if options["since"]:
        query["after"] = moment_of(options["since"]).isoformat()
    if options["until"]:
        query["before"] = moment_of(options["until"], is_end=True).isoformat()
    table = ANSWERS.everything(query.urlencode())
    file_format = FileFormat.RAW if options["raw"] else FileFormat(options["format"])
    wish = Wish(
        file_format=file_format, only_new=options["only_new"], ids_as_headings=options["ids"]
    )
    table = with_columns(table, options["columns"])
    return table.joined() if options["join_same_words"] else table, wish, None


def moment_of(text: str, *, is_end: bool = False) -> datetime:
    """Read a day or a moment, in the site's time zone where it names none."""
    try:
        day = parse_date(text)
        moment = None if day else parse_datetime(text)
        if day:
            moment = datetime.combine(day + timedelta(days=is_end), time.min)
    except (ValueError, OverflowError):
        moment = None
    if moment is None:
        raise CommandError(f"“{text}” is no date. Write it as 2026-03-31 or 2026-03-31T14:30.")
    zone = timezone.get_default_timezone()
    return timezone.make_aware(moment, zone) if timezone.is_naive(moment) else moment


def key_of_form(name: str) -> uuid.UUID:
    """Return the key of a form, also of one whose page is gone."""
    keys = sorted({page.key for page in FormPage.objects.filter(slug=name)}, key=str)
    if len(keys) > 1:
        every = ", ".join(map(str, keys))
        raise CommandError(f"Several forms have this address: name one by its key: {every}")
    if keys:
        return keys[0]
    with suppress(ValueError):
        if (key := uuid.UUID(name)) in form_titles():
            return key
    raise CommandError(f"There is no form “{name}”.")


def with_columns(table: Table, columns: str | None) -> Table:
    if not columns:
        return table
    known = [id_ for column in table.columns for id_ in (column.id, *column.also)]
    ids = [id_.strip() for id_ in columns.split(",") if id_.strip()]
    meant = {id_: meant_by(id_, known) for id_ in ids}
    if unknown := [id_ for id_ in ids if not meant[id_]]:
        raise CommandError(
            f"There is no column {', '.join(unknown)}. There are: {', '.join(known)}"
        )
    return table.with_columns([(id_, "") for every in meant.values() for id_ in every])


def meant_by(id_: str, known: list[str]) -> list[str]:
    """Return the ids of columns that one stands for: a field's name means it in every form."""
    return [id_] if id_ in known else [each for each in known if each.endswith(f".{id_}")]
