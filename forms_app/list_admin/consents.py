"""Who agreed, among the answers."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.list_admin.permissions import ReadOnlyPermissionHelper
from forms_app.listing.consents import CONSENTS
from forms_app.models import ConsentEvent


class ConsentPermissionHelper(ReadOnlyPermissionHelper):
    listing = CONSENTS


def day_of(event: ConsentEvent) -> str:
    return date_format(localtime(event.at))


class ConsentsView(ListView):
    listing = CONSENTS
    default_ordering = "-at"
    columns = [
        TitleColumn(
            "email",
            label=gettext_lazy("E-mail"),
            accessor="person.email",
            url_name="forms_app_person_modeladmin_inspect",
            id_accessor="person_id",
        ),
        Column("label", label=gettext_lazy("Consent")),
        Column("wording", label=gettext_lazy("Wording")),
        Column("form_title", label=gettext_lazy("Form")),
        Column("agreed", label=gettext_lazy("Agreed"), accessor="answer_in_words"),
        Column("at", label=gettext_lazy("Since"), accessor=day_of, sort_key="at"),
        Column("how", label=gettext_lazy("How"), accessor="how_in_words"),
    ]


class ConsentEventAdmin(ListAdmin):
    model = ConsentEvent
    listing = CONSENTS
    menu_icon = "tick"
    index_view_class = ConsentsView
    permission_helper_class = ConsentPermissionHelper
