"""What the export button of a list offers."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet
from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property

from forms_app.exporting import ledger
from forms_app.exporting.tables import scope_of
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat


@dataclass(kw_only=True)
class ExportMenu:
    """The ways out of one list; `query` narrows it, `filters` says the same to a saved export."""

    key: str
    query: str
    address: str
    user: Any
    # Wagtail's own list of one form has filters of its own names.
    filters: str | None = None

    @property
    def csv(self) -> str:
        return self._link(FileFormat.CSV)

    @property
    def xlsx(self) -> str:
        return self._link(FileFormat.XLSX)

    @property
    def new_csv(self) -> str:
        return self._link(FileFormat.CSV, only_new="1")

    @property
    def new_xlsx(self) -> str:
        return self._link(FileFormat.XLSX, only_new="1")

    @property
    def choose(self) -> str:
        asked = QueryDict(mutable=True)
        asked.update({"list": self.key, "filters": self._filters})
        return f"{reverse('forms_app_savedexport_modeladmin_create')}?{asked.urlencode()}"

    @cached_property
    def last_at(self) -> datetime | None:
        """When this person last had these rows, or None."""
        last = ledger.last_finished(scope_of(self.key, self._filters), self.user)
        return last.started_at if last else None

    @cached_property
    def saved(self) -> QuerySet[SavedExport]:
        return SavedExport.objects.filter(owner=self.user, listing=self.key)

    @property
    def _filters(self) -> str:
        return self.query if self.filters is None else self.filters

    def _link(self, file_format: FileFormat, **more: str) -> str:
        params = QueryDict(self.query, mutable=True)
        params.update({"export": file_format.value, **more})
        return f"{self.address}?{params.urlencode()}"
