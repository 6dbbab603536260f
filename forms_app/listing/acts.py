"""What was done with answers as a list: who took them from sight, or erased them."""

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy

from eoc_cms.core.models import Staff
from forms_app.listing.base import Listing
from forms_app.listing.filters import ChoiceFilter, FromDay, ListFilterSet, PeriodFilter, UntilDay
from forms_app.listing.tables import Column, field_columns
from forms_app.listing.word_search import find_in_few
from forms_app.models import AnswerAct
from forms_app.rights import VIEW_ACTS


class ActFilterSet(ListFilterSet):
    kind = ChoiceFilter(
        label=gettext_lazy("What"),
        offered=lambda user: [(value, str(words)) for value, words in AnswerAct.Kind.choices],
    )
    done = PeriodFilter("done_at", gettext_lazy("When"))
    from_ = FromDay("done_at", gettext_lazy("From"))
    until = UntilDay("done_at", gettext_lazy("Until"))


class ActListing(Listing):
    """It tells nothing of the answers, so a right of its own opens it for every form."""

    model = AnswerAct
    title = gettext_lazy("What was done with answers")
    filterset_class = ActFilterSet
    columns = (
        *field_columns(AnswerAct, "done_at"),
        Column(id="who", heading=gettext_lazy("Who"), value=lambda act: act.who),
        Column(id="kind", heading=gettext_lazy("What"), value=lambda act: act.get_kind_display()),
        *field_columns(AnswerAct, "form_title", "count"),
    )

    def may_list(self, user: Staff) -> bool:
        return user.is_active and user.has_perm(VIEW_ACTS)

    def search(self, rows: QuerySet, asked: str) -> QuerySet:
        return find_in_few(rows, asked, "username", "form_title")


ACTS = ActListing()
