"""What the export button of a list offers."""

from dataclasses import dataclass
from datetime import datetime

from django.http import QueryDict
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from wagtail.admin.widgets.button import Button, ButtonWithDropdown

from eoc_cms.core.models import User
from forms_app.exporting import exported_rows
from forms_app.listing.tables import scope_of
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat


@dataclass(kw_only=True)
class ExportMenu:
    """The ways out of one list; `query` narrows it, `filters` says the same to a saved export."""

    key: str
    query: str
    address: str
    user: User
    # Wagtail's own list of one form has filters of its own names.
    filters: str | None = None

    def button(self) -> ButtonWithDropdown:
        return ButtonWithDropdown(
            _("Export"), buttons=self.buttons(), icon_name="download", classname="w-h-slim-header"
        )

    def buttons(self) -> list[Button]:
        links = [
            (_("Download CSV"), self._link(FileFormat.CSV)),
            (_("Download Excel"), self._link(FileFormat.XLSX)),
            *self._only_new(),
            (_("Choose columns…"), self.choose),
            *self._saved(),
        ]
        return [
            Button(label, url=url, icon_name="download", priority=place)
            for place, (label, url) in enumerate(links)
        ]

    @property
    def choose(self) -> str:
        asked = QueryDict(mutable=True)
        asked.update({"list": self.key, "filters": self._filters})
        return f"{reverse('forms_app_savedexport_modeladmin_create')}?{asked.urlencode()}"

    @cached_property
    def last_at(self) -> datetime | None:
        """When this person last had these rows, or None."""
        return exported_rows.last_export_at(scope_of(self.key, self._filters), self.user)

    def _only_new(self) -> list[tuple[str, str]]:
        if self.last_at is None:
            return []
        when = {"when": f"{localtime(self.last_at):%Y-%m-%d %H:%M}"}
        return [
            (_("CSV, only new since %(when)s") % when, self._link(FileFormat.CSV, only_new="1")),
            (_("Excel, only new since %(when)s") % when, self._link(FileFormat.XLSX, only_new="1")),
        ]

    def _saved(self) -> list[tuple[str, str]]:
        saved = SavedExport.objects.filter(owner=self.user, listing=self.key)
        return [
            (str(each), reverse("forms_app_savedexport_modeladmin_run", args=[each.pk]))
            for each in saved
        ]

    @property
    def _filters(self) -> str:
        return self.query if self.filters is None else self.filters

    def _link(self, file_format: FileFormat, **more: str) -> str:
        params = QueryDict(self.query, mutable=True)
        params.update({"export": file_format.value, **more})
        return f"{self.address}?{params.urlencode()}"
