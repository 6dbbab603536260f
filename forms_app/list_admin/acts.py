"""The log of acts, among the answers."""

from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column

from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.list_admin.permissions import ReadOnlyPermissionHelper
from forms_app.listing.acts import ACTS
from forms_app.models import AnswerAct


class ActPermissionHelper(ReadOnlyPermissionHelper):
    listing = ACTS


class ActsView(ListView):
    listing = ACTS
    default_ordering = "-done_at"
    columns = [
        Column("done_at", label=gettext_lazy("When"), sort_key="done_at"),
        Column("who", label=gettext_lazy("Who")),
        Column("kind", label=gettext_lazy("What"), accessor=lambda act: act.get_kind_display()),
        Column("form_title", label=gettext_lazy("Form")),
        Column("count", label=gettext_lazy("Answers")),
    ]


class AnswerActAdmin(ListAdmin):
    model = AnswerAct
    listing = ACTS
    menu_icon = "history"
    index_view_class = ActsView
    permission_helper_class = ActPermissionHelper
