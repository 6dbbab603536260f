"""The export ledger, among the answers."""

from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail.admin.ui.tables import Column

from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.list_admin.permissions import ReadOnlyPermissionHelper
from forms_app.listing.export_ledger import LEDGER
from forms_app.listing.tables import filters_in_words
from forms_app.models import ExportRecord


def delivered(record: ExportRecord) -> str:
    """Say how many rows left, and whether the file was whole."""
    if record.refused_because:
        return _("Refused. %(reason)s") % {"reason": record.refused_because}
    if record.finished_at is None:
        return _("Not finished: stopped half way, or still on its way")
    rows = record.row_count or 0
    words = ngettext("%(rows)s row", "%(rows)s rows", rows) % {"rows": number_format(rows)}
    if record.expected_rows in {None, rows}:
        return words
    return _("%(rows)s; %(expected)s were counted before some came or were erased") % {
        "rows": words,
        "expected": number_format(record.expected_rows or 0),
    }


class LedgerPermissionHelper(ReadOnlyPermissionHelper):
    listing = LEDGER


class LedgerView(ListView):
    listing = LEDGER
    default_ordering = "-started_at"
    columns = [
        Column("started_at", label=gettext_lazy("Started"), sort_key="started_at"),
        Column("username", label=gettext_lazy("Who")),
        Column("what", label=gettext_lazy("What")),
        Column(
            "filters",
            label=gettext_lazy("Filters"),
            accessor=lambda record: filters_in_words(record.filters),
        ),
        Column(
            "format",
            label=gettext_lazy("Format"),
            accessor=lambda record: record.get_file_format_display(),
        ),
        Column("rows", label=gettext_lazy("Rows"), accessor=delivered),
    ]


class ExportRecordAdmin(ListAdmin):
    model = ExportRecord
    listing = LEDGER
    menu_icon = "history"
    index_view_class = LedgerView
    permission_helper_class = LedgerPermissionHelper
