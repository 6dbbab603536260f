"""What “only new since my last” goes by: the keys of the rows that an owner has had of a scope.

An exact set, since rows enter a list in any order: unmarked as test, starred, held or let
through, or by a right that came later. An owner is a person, or None for the command line.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from pyroaring import BitMap64

from eoc_cms.core.models import User
from forms_app.listing.tables import Table
from forms_app.models import ExportedRows

# Of keys alone, so many more than rows are read at once.
BATCH = 50_000


def last_export_at(scope: str, owner: User | None) -> datetime | None:
    """Return when the owner's last whole export of these rows began, or None."""
    had = ExportedRows.objects.filter(scope=scope, **_by(owner))
    return had.values_list("exported_at", flat=True).first()


def new_keys(table: Table, owner: User | None) -> BitMap64:
    """Return the keys of the rows that the owner has not had yet."""
    had = _had(table.scope, owner)
    found = BitMap64()
    for keys in _keys(table.queryset):
        found |= BitMap64(keys) - had
    return found


@transaction.atomic
def add(scope: str, owner: User | None, keys: BitMap64, *, exported_at: datetime) -> None:
    """Note that the owner has had these rows; two exports that end at once lose none."""
    stored, _is_new = ExportedRows.objects.get_or_create(
        scope=scope,
        **_by(owner),
        defaults={"keys": BitMap64().serialize(), "exported_at": exported_at},
    )
    stored = ExportedRows.objects.select_for_update().get(pk=stored.pk)
    had = BitMap64.deserialize(stored.keys) | keys
    had.run_optimize()
    stored.keys = had.serialize()
    stored.exported_at = max(stored.exported_at, exported_at)
    stored.save(update_fields=["keys", "exported_at"])


def forget(scope: str) -> None:
    """Forget who has had the rows of a scope that named an erased person."""
    ExportedRows.objects.filter(scope=scope).delete()


def _by(owner: User | None) -> dict[str, Any]:
    return {"owner": owner, "is_of_command": False} if owner else {"is_of_command": True}


def _had(scope: str, owner: User | None) -> BitMap64:
    stored = ExportedRows.objects.filter(scope=scope, **_by(owner)).first()
    return BitMap64.deserialize(stored.keys) if stored else BitMap64()


def _keys(queryset: QuerySet) -> Iterator[list[int]]:
    keys = queryset.order_by("pk").values_list("pk", flat=True)
    last = 0
    while batch := list(keys.filter(pk__gt=last)[:BATCH]):
        yield batch
        last = batch[-1]
        if len(batch) < BATCH:
            return
