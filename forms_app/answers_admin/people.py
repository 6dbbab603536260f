"""People: one row per e-mail address, for those who may read the answers to every form."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.helpers import ButtonHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InspectView

from forms_app.answers_admin.flat_list import FlatIndexView
from forms_app.answers_admin.permissions import ReadOnlyPermissionHelper
from forms_app.exporting.lists import ExportsRows, exportable, field_columns
from forms_app.exporting.people import Known, known_of
from forms_app.exporting.tables import Column
from forms_app.listing.filters import FromDay, UntilDay
from forms_app.listing.word_search import WordSearchHandler
from forms_app.models import Person
from forms_app.privacy.finding import held_tables
from forms_app.rights import may_view_all

TITLES_SHOWN = 3


class PeoplePermissionHelper(ReadOnlyPermissionHelper):
    """A row tells of all forms at once, so a right to one form does not open it."""

    view_permission = "forms_app.view_person"

    def user_has_any_permissions(self, user: Any) -> bool:
        return self.user_can_list(user)

    def user_can_list(self, user: Any) -> bool:
        return super().user_can_list(user) and may_view_all(user)


class PeopleButtonHelper(ButtonHelper):
    """The place for what can be done with one person; the address is the way in."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, str]]:
        return []


class LastFromDay(FromDay):
    title = gettext_lazy("last contact from")
    field = "last_contact_at"


class LastUntilDay(UntilDay):
    title = gettext_lazy("last contact until")
    field = "last_contact_at"


class PeopleIndexView(ExportsRows, FlatIndexView):
    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        people = list(context["object_list"])
        tell(people, known_of([person.pk for person in people]))
        return {**context, "object_list": people}

    def prepare_rows(self, rows: list[Any]) -> None:
        """Look through every answer for consents: a file leaves none out."""
        tell(rows, known_of([person.pk for person in rows], most_read=None))


def tell(people: list[Any], known: dict[int, Known]) -> None:
    for person in people:
        person.known = known[person.pk]


def consents_of(person: Person) -> str:
    return "; ".join(
        _("%(label)s: %(answer)s, %(day)s")
        % {
            "label": consent.label,
            "answer": _("yes") if consent.is_given else _("no"),
            "day": date_format(localtime(consent.at), "SHORT_DATE_FORMAT"),
        }
        for consent in known(person).consents
    )


class PersonInspectView(InspectView):
    page_title = gettext_lazy("Person")
    instance: Person

    def get_meta_title(self) -> str:
        return f"{self.page_title} {self.instance}"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        tables = [
            (table, [list(table.lines(row)) for row in table.rows])
            for table in held_tables(self.instance.email)
        ]
        known = known_of([self.instance.pk])[self.instance.pk]
        return super().get_context_data(**kwargs, tables=tables, known=known)


@exportable
class PersonAdmin(ModelAdmin):
    model = Person
    menu_label = gettext_lazy("People")
    menu_icon = "group"
    list_display = (
        "email",
        "first_contact_at",
        "last_contact_at",
        "answers",
        "asked_for",
        "downloads",
        "consents",
    )
    list_filter = (LastFromDay, LastUntilDay)
    list_per_page = 50
    ordering = ("-last_contact_at", "-pk")
    sortable_fields = ("email", "first_contact_at", "last_contact_at")
    search_fields = ("email",)
    search_handler_class = WordSearchHandler
    export_columns = (
        *field_columns(Person, "email", "first_contact_at", "last_contact_at"),
        Column(
            id="answers",
            heading=gettext_lazy("Answers"),
            value=lambda person: known(person).answers,
        ),
        Column(
            id="asked_for",
            heading=gettext_lazy("Asked for"),
            value=lambda person: known(person).outcome.asked_for,
        ),
        Column(
            id="downloads",
            heading=gettext_lazy("Downloads"),
            value=lambda person: known(person).outcome.downloads,
        ),
        Column(id="consents", heading=gettext_lazy("Consents"), value=consents_of),
    )
    inspect_view_enabled = True
    history_view_enabled = False
    inspect_view_fields = ("email", "first_contact_at", "last_contact_at")
    index_template_name = "forms_app/admin/index.html"
    inspect_template_name = "forms_app/admin/inspect_person.html"
    index_view_class = PeopleIndexView
    inspect_view_class = PersonInspectView
    button_helper_class = PeopleButtonHelper
    permission_helper_class = PeoplePermissionHelper

    def get_queryset(self, request: HttpRequest) -> QuerySet[Person]:
        return Person.objects.all() if may_view_all(request.user) else Person.objects.none()

    @display(description=gettext_lazy("Answers"))
    def answers(self, person: Person) -> str:
        return str(known(person).answers)

    @display(description=gettext_lazy("Asked for"))
    def asked_for(self, person: Person) -> str:
        titles = known(person).outcome.asked_for
        more = len(titles) - TITLES_SHOWN
        shown = ", ".join(titles[:TITLES_SHOWN])
        return (
            _("%(titles)s and %(more)d more") % {"titles": shown, "more": more}
            if (more > 0)
            else shown
        )

    @display(description=gettext_lazy("Downloads"))
    def downloads(self, person: Person) -> str:
        return str(known(person).outcome.downloads)

    @display(description=gettext_lazy("Consents"))
    def consents(self, person: Person) -> str:
        return consents_of(person)


def known(person: Person) -> Known:
    """Return what the list has read for all its people at once."""
    told: Known = getattr(person, "known", Known())
    return told
