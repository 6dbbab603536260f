"""The form in which columns are ticked and put into an order, and an export gets its name."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from django import forms
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from eoc_cms.core.typed_text import clean_line
from forms_app.listing.tables import Column, Table
from forms_app.models import SavedExport
from forms_app.models.exports import FileFormat

LONGEST_HEADING = 255


@dataclass(frozen=True, kw_only=True)
class Choice:
    """One line of the page: a column, whether it is ticked, and its place."""

    id: str
    also: tuple[str, ...]
    heading: str
    is_ticked: bool
    place: str


class SavedExportForm(forms.ModelForm):
    class Meta:
        model = SavedExport
        fields = ["joins_columns", "file_format", "only_new", "name", "weekly"]
        widgets = {"file_format": forms.RadioSelect}

    file_format = forms.ChoiceField(
        label=gettext_lazy("Format"),
        choices=FileFormat.choices,
        widget=forms.RadioSelect,
        initial=FileFormat.CSV.value,
        help_text=gettext_lazy(
            "CSV opens in Excel and LibreOffice, holds texts of any length and never runs as a "
            "formula. The raw one is not made safe: never open it in a spreadsheet."
        ),
    )

    def __init__(
        self,
        data: QueryDict | None,
        *,
        instance: SavedExport,
        table: Table,
        is_saved: bool = True,
    ) -> None:
        super().__init__(data, instance=instance)
        self.asked = data
        self.table = table
        self.fields["name"].required = is_saved

    def clean_name(self) -> str:
        name = clean_line(self.cleaned_data["name"])
        others = SavedExport.objects.filter(owner=self.instance.owner, name=name)
        if name and others.exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(self.name_is_taken())
        return name

    @staticmethod
    def name_is_taken() -> str:
        return _("You have a saved export of this name. Choose another.")

    def clean(self) -> dict[str, object]:
        cleaned = super().clean() or {}
        if not self.chosen:
            self.add_error(None, _("Tick at least one column."))
        return cleaned

    @property
    def chosen(self) -> list[list[str]]:
        """Return id, heading and further ids of the ticked columns, by their places."""
        ticked = [choice for choice in self.choices() if choice.is_ticked]
        ordered = sorted(ticked, key=lambda choice: float(choice.place))
        return [[each.id, each.heading[:LONGEST_HEADING], *each.also] for each in ordered]

    @property
    def columns(self) -> list[list[str]]:
        """Return what to save: nothing where all are ticked, so that later ones come along."""
        if [each[0] for each in self.chosen] == [column.id for column in self.table.columns]:
            return []
        return self.chosen

    def choices(self) -> list[Choice]:
        """Return every column there is, those chosen before first and in their order."""
        columns = in_saved_order(self.table, self.instance.columns)
        saved = {id_ for id_, _heading, *also in self.instance.columns for id_ in (id_, *also)}
        asked = self.asked
        ticked = set(asked.getlist("column")) if asked is not None else saved
        return [
            Choice(
                id=column.id,
                also=column.also,
                heading=str(column.heading),
                is_ticked=not ticked.isdisjoint((column.id, *column.also))
                or (asked is None and not saved),
                place=_place(asked, column.id, number),
            )
            for number, column in enumerate(columns, start=1)
        ]


def in_saved_order(table: Table, saved: Sequence[Sequence[str]]) -> list[Column]:
    first = list(table.with_columns(saved).columns)
    chosen = {column.id for column in first}
    return [*first, *[column for column in table.columns if column.id not in chosen]]


def _place(asked: QueryDict | None, column_id: str, number: int) -> str:
    """Return the number that was written beside a column, or else where it stands."""
    written = asked.get(f"place:{column_id}", "") if asked is not None else ""
    try:
        return written if math.isfinite(float(written)) else str(number)
    except ValueError:
        return str(number)
