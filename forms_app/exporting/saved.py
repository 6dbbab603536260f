"""What a saved export means: its owner's rows, its columns, what is new in it."""

import uuid

from django.utils.translation import gettext as _

from forms_app.exporting import exported_rows
from forms_app.exporting.making import Wish
from forms_app.form_titles import form_titles
from forms_app.listing.base import (
    EVERY_FORM,
    UnusableFiltersError,
    every_listing,
    missing_right,
    table_of,
)
from forms_app.listing.tables import Table
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat


def table_of_saved(saved: SavedExport) -> Table:
    """Return the rows its owner may export now, with the columns in their order.

    Raises PermissionDenied and UnusableFiltersError as the list itself does, and the latter
    too where it reached a form before that its owner may no longer export.
    """
    table = table_of(saved.listing, user=saved.owner, query=saved.query)
    if lost := _lost(saved):
        raise UnusableFiltersError(lost)
    chosen = table.with_columns(saved.columns)
    return chosen.joined() if saved.joins_columns else chosen


def wish_of(saved: SavedExport) -> Wish:
    return Wish(file_format=FileFormat(saved.file_format), only_new=saved.only_new)


def new_rows(saved: SavedExport, table: Table) -> int:
    """Return how many rows its owner has not had yet."""
    return len(exported_rows.new_keys(table, saved.owner))


def forms_reached(saved: SavedExport) -> list[str]:
    """Return the keys of the forms whose answers its owner gets by it, or that it is every one."""
    return every_listing()[saved.listing].forms_reached(user=saved.owner, query=saved.query)


def _lost(saved: SavedExport) -> str:
    """Say which right has gone since it last worked; nothing where none has."""
    then, now = set(saved.forms or ()), set(forms_reached(saved))
    if EVERY_FORM in now or then <= now:
        return ""
    if EVERY_FORM in then:
        return _("The right to export the answers to every form is missing.")
    titles = form_titles([uuid.UUID(key) for key in then - now]).values()
    return missing_right(titles)
