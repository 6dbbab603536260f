"""What a saved export means: its owner's rows, its columns, what is new in it."""

from forms_app.exporting import ledger
from forms_app.exporting.making import Wish
from forms_app.exporting.rows import only_new
from forms_app.listing.base import table_of
from forms_app.listing.tables import Table
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat


def table_of_saved(saved: SavedExport) -> Table:
    """Return the rows its owner may export now, with the columns in their order.

    Raises PermissionDenied and UnusableFiltersError as the list itself does.
    """
    table = table_of(saved.listing, user=saved.owner, query=saved.query)
    return table.with_columns([(id_, heading) for id_, heading in saved.columns])


def wish_of(saved: SavedExport) -> Wish:
    return Wish(file_format=FileFormat(saved.file_format), only_new=saved.only_new)


def new_rows(saved: SavedExport, table: Table) -> int:
    """Return how many rows its owner has not had yet."""
    last = ledger.last_finished(table.scope, saved.owner)
    rows = only_new(table.queryset, last) if last else table.queryset
    return rows.order_by().count()
