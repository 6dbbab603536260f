"""People: one row per e-mail address, for those who may read the answers to every form."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, Table, TitleColumn
from wagtail_modeladmin.views import InspectView

from forms_app.answers_admin.consents import consents_for
from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.list_admin.permissions import NoRowButtons, ReadOnlyPermissionHelper
from forms_app.listing.people import PEOPLE, consents_in_words, known, tell
from forms_app.models import Person
from forms_app.privacy.finding import personal_data_of

TITLES_SHOWN = 3


class PeoplePermissionHelper(ReadOnlyPermissionHelper):
    listing = PEOPLE


def titles_in_words(person: Person) -> str:
    titles = known(person).outcome.asked_for
    more = len(titles) - TITLES_SHOWN
    shown = ", ".join(titles[:TITLES_SHOWN])
    if more <= 0:
        return shown
    return _("%(titles)s and %(more)d more") % {"titles": shown, "more": more}


class PeopleView(ListView):
    listing = PEOPLE
    default_ordering = "-last_contact_at"
    columns = [
        TitleColumn(
            "email",
            label=gettext_lazy("E-mail"),
            sort_key="email",
            url_name="forms_app_person_modeladmin_inspect",
        ),
        Column(
            "first_contact_at", label=gettext_lazy("First contact"), sort_key="first_contact_at"
        ),
        Column("last_contact_at", label=gettext_lazy("Last contact"), sort_key="last_contact_at"),
        Column(
            "answers",
            label=gettext_lazy("Answers"),
            accessor=lambda person: known(person).answers,
        ),
        Column("asked_for", label=gettext_lazy("Asked for"), accessor=titles_in_words),
        Column(
            "downloads",
            label=gettext_lazy("Downloads"),
            accessor=lambda person: known(person).outcome.downloads,
        ),
        Column(
            "consents",
            label=gettext_lazy("Consents"),
            accessor=lambda person: "; ".join(consents_in_words(known(person))),
        ),
    ]

    def get_table(self, object_list: Iterable[Person]) -> Table:
        people = list(object_list)
        tell(people)
        return super().get_table(people)


class PersonInspectView(InspectView):
    page_title = gettext_lazy("Person")
    instance: Person

    def get_meta_title(self) -> str:
        return f"{self.page_title} {self.instance}"

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        tables = [
            (table, [list(table.lines(row)) for row in table.rows])
            for table in personal_data_of(self.instance.email)
        ]
        consents = consents_for(self.request.user, self.instance)
        return super().get_context_data(**kwargs, tables=tables, consents=consents)


class PersonAdmin(ListAdmin):
    model = Person
    listing = PEOPLE
    menu_icon = "group"
    index_view_class = PeopleView
    inspect_view_enabled = True
    inspect_view_fields = ("email", "first_contact_at", "last_contact_at")
    inspect_template_name = "forms_app/admin/inspect_person.html"
    inspect_view_class = PersonInspectView
    button_helper_class = NoRowButtons
    permission_helper_class = PeoplePermissionHelper
