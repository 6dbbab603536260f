"""The export ledger: each export before its first byte leaves, and again once it is whole."""

from collections.abc import Sequence

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.models import User
from forms_app.exporting.rows import RECENT, Progress
from forms_app.listing.tables import Table
from forms_app.models import ExportRecord, SavedExport


def enter(
    table: Table,
    *,
    user: User | None,
    by: str,
    file_format: str,
    headings: Sequence[str],
    expected_rows: int,
) -> ExportRecord:
    return ExportRecord.objects.create(
        user=user,
        username=by[:150],
        what=table.title[:255],
        filters=table.filters,
        columns=list(headings),
        file_format=file_format,
        expected_rows=expected_rows,
        scope=table.scope,
    )


def finish(record: ExportRecord, progress: Progress, earlier: ExportRecord | None) -> None:
    """Note that the last row has left; only then does “new since my last” go by it."""
    recent = [*(earlier.recent_keys if earlier else []), *progress.recent]
    ExportRecord.objects.filter(pk=record.pk).update(
        row_count=progress.rows,
        recent_keys=sorted(recent)[-RECENT:],
        finished_at=timezone.now(),
    )


def last_finished(scope: str, user: User | None) -> ExportRecord | None:
    """Return the last whole export of the same rows by the same person."""
    done = ExportRecord.objects.filter(scope=scope, user=user, finished_at__isnull=False)
    return done.order_by("-finished_at", "-pk").first()


def forget(words: str) -> None:
    """Forget words, such as an erased person's address, that exports were narrowed to."""
    wanted = words.casefold()
    for record in ExportRecord.objects.exclude(filters={}).only("filters").iterator():
        kept = {
            name: _("(erased)") if wanted in value.casefold() else value
            for name, value in record.filters.items()
        }
        if kept != record.filters:
            ExportRecord.objects.filter(pk=record.pk).update(filters=kept)
    for saved in SavedExport.objects.exclude(query="").iterator():
        values = [value for _name, values in QueryDict(saved.query).lists() for value in values]
        if any(wanted in value.casefold() for value in values):
            saved.delete()
