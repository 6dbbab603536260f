"""The export ledger: each export before its first byte leaves, and again once it is whole."""

from collections.abc import Sequence

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.models import User
from forms_app.exporting import exported_rows
from forms_app.exporting.rows import Progress
from forms_app.listing.base import title_of
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


def refuse(saved: SavedExport, reason: str, *, by: str) -> ExportRecord:
    """Note that a saved export was not made, and why."""
    return ExportRecord.objects.create(
        user=saved.owner,
        username=by[:150],
        what=title_of(saved.listing)[:255],
        filters={_("Saved export"): saved.name},
        file_format=saved.file_format,
        refused_because=reason,
        expected_rows=0,
        row_count=0,
    )


@transaction.atomic
def finish(record: ExportRecord, progress: Progress) -> None:
    """Note that the last row has left; only then does “new since my last” go by it."""
    ExportRecord.objects.filter(pk=record.pk).update(
        row_count=progress.rows, finished_at=timezone.now()
    )
    exported_rows.add(record.scope, record.user, progress.keys, exported_at=record.started_at)
