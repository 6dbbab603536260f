"""Pages of a list that is as fast with a million rows as with ten."""

from django.db.models import QuerySet
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin.paginator import WagtailPaginator

MOST_COUNTED = 10_000


class CappedPaginator(WagtailPaginator):
    """Counts no further than a reader turns pages; to read older rows, a filter is the way."""

    @cached_property
    def counted(self) -> int:
        rows: QuerySet = self.object_list
        # A search has counted already, and to do so takes it longest.
        if getattr(rows, "holds_more_than", 0) >= MOST_COUNTED:
            return MOST_COUNTED + 1
        return rows.order_by()[: MOST_COUNTED + 1].count()

    @property
    def is_capped(self) -> bool:
        return self.counted > MOST_COUNTED

    @cached_property
    def count(self) -> int:
        return min(self.counted, MOST_COUNTED)

    @property
    def items_count_label(self) -> str:
        if self.is_capped:
            return _("The newest %(most)s of more. Filter to find others.") % {
                "most": f"{MOST_COUNTED:,}"
            }
        label: str = super().items_count_label
        return label
