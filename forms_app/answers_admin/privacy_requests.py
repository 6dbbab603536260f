"""Answer a privacy request: find a person, hand over what is held, or erase it.

Only for those whose rights hold for every form: a person is all of their answers.
"""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from eoc_cms.core.keys import read_keys
from eoc_cms.core.mailbox import normalise_email
from eoc_cms.core.models import Staff, StaffRequest, User
from forms_app.answers_admin.consents import consents_for
from forms_app.models import AnswerAct, Person
from forms_app.privacy.erasing import erase_person
from forms_app.privacy.finding import mentions, personal_data_of
from forms_app.privacy.handing_over import FORMATS, hand_over
from forms_app.privacy.retention_overview import overview
from forms_app.rights import ERASE, EXPORT, VIEW, forms_for

MOST_MENTIONS = 50


def holds_for_all(user: Staff, right: str) -> bool:
    return forms_for(user, right) is None


class PersonDataView(WagtailAdminTemplateMixin, View):
    """One address: `email` in the query, whatever is held of it on the page."""

    right = VIEW
    header_icon = "user"
    page_title: str | Promise = gettext_lazy("Privacy requests")
    template_name = "forms_app/admin/person_data.html"

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponseBase:
        if not holds_for_all(request.user, self.right):
            raise PermissionDenied
        self.typed = request.GET.get("email", "").strip()
        self.address = normalise_email(self.typed)
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponse:
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        own = {"url": reverse("forms_app_person_data"), "label": _("Privacy requests")}
        return [*self.breadcrumbs_items, own]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = self.request.user
        tables = personal_data_of(self.address) if self.address else []
        context = {
            "typed": self.typed,
            "address": self.address,
            "query": urlencode({"email": self.address}),
            "tables": [(table, [list(table.lines(row)) for row in table.rows]) for table in tables],
            "consents": consents_for(user, Person.objects.filter(email=self.address).first()),
            "has_files": any(table.key == "files" for table in tables),
            "mentions": mentions(self.typed)[:MOST_MENTIONS],
            "staff_account": _staff_account(self.address),
            "may_export": holds_for_all(user, EXPORT),
            "may_erase": holds_for_all(user, ERASE),
            "erasures": AnswerAct.objects.filter(kind=AnswerAct.Kind.PERSON_ERASED)[:20],
        }
        return {**super().get_context_data(**kwargs), **context}


class ExportPersonView(PersonDataView):
    right = EXPORT

    def post(self, request: StaffRequest) -> HttpResponseBase:
        file_format = request.POST.get("format", "")
        if not self.address or file_format not in FORMATS:
            messages.error(request, _("Nothing was handed over: give an address and a format."))
            return self.get(request)
        return hand_over(address=self.address, file_format=file_format, user=request.user)


class ErasePersonView(PersonDataView):
    """List what goes and what stays, and have the address typed once more."""

    right = ERASE
    page_title = gettext_lazy("Erase a person")
    template_name = "forms_app/admin/erase_person.html"

    def post(self, request: StaffRequest) -> HttpResponse:
        typed_again = normalise_email(request.POST.get("typed_again", ""))
        if not self.address or typed_again != self.address:
            messages.error(request, _("That is not the address. Nothing was erased."))
            return self.get(request)
        also = mentions(self.typed).filter(pk__in=read_keys(request.POST.getlist("also")))
        counts = erase_person(
            email=self.address, user=request.user, also=also.values_list("pk", flat=True)
        )
        if counts.total():
            messages.success(request, _erased(counts["answers"]))
        else:
            messages.info(request, _("Nothing was held of this address, so nothing was erased."))
        return redirect("forms_app_person_data")

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*super().get_breadcrumbs_items(), {"url": "", "label": self.page_title}]


def _staff_account(address: str) -> User | None:
    """Return the account of staff with an address, however it is written there."""
    accounts = User.objects.exclude(email="").iterator()
    return next((user for user in accounts if normalise_email(user.email) == address), None)


def _erased(answers: int) -> str:
    return ngettext(
        "Everything is erased: %(count)d answer, and what belonged to it.",
        "Everything is erased: %(count)d answers, and what belonged to them.",
        answers,
    ) % {"count": answers}


class RetentionView(WagtailAdminTemplateMixin, View):
    """What is erased when, form by form; the same counts as the dry run of the command."""

    header_icon = "time"
    page_title = gettext_lazy("What is erased when")
    template_name = "forms_app/admin/retention.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        if not holds_for_all(request.user, VIEW):
            raise PermissionDenied
        answer: HttpResponse = self.render_to_response(self.get_context_data())
        return answer

    def get_breadcrumbs_items(self) -> list[dict[str, object]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        return {**super().get_context_data(**kwargs), "forms": overview()}
