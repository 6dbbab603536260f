"""The ledger of exports as a list: who took which answers out, and how many."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from forms_app.listing.base import Listing
from forms_app.listing.filters import ChoiceFilter, FromDay, ListFilterSet, PeriodFilter, UntilDay
from forms_app.listing.tables import Column, field_columns, filters_in_words
from forms_app.listing.word_search import find_in_few
from forms_app.models import ExportRecord
from forms_app.models.exports import FileFormat
from forms_app.rights import may_view_all


class LedgerFilterSet(ListFilterSet):
    file_format = ChoiceFilter(
        label=gettext_lazy("Format"),
        offered=lambda user: [(value, str(words)) for value, words in FileFormat.choices],
    )
    started = PeriodFilter("started_at", gettext_lazy("Started"))
    from_ = FromDay("started_at", gettext_lazy("From"))
    until = UntilDay("started_at", gettext_lazy("Until"))


class LedgerListing(Listing):
    """Whoever reads all answers may see who took them out; nobody writes it by hand."""

    model = ExportRecord
    title = gettext_lazy("Export ledger")
    filterset_class = LedgerFilterSet
    columns = (
        *field_columns(ExportRecord, "started_at", "username", "what"),
        Column(
            id="filters",
            heading=gettext_lazy("Filters"),
            value=lambda record: filters_in_words(record.filters),
        ),
        *field_columns(ExportRecord, "columns", "file_format", "expected_rows", "row_count"),
        *field_columns(ExportRecord, "finished_at", "refused_because"),
    )

    def may_list(self, user: Staff) -> bool:
        # Filters may hold what somebody typed, of any form.
        return may_view_all(user)

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find_in_few(rows, asked, "username", "what")


LEDGER = LedgerListing()
