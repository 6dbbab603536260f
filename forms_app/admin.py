"""The data manager's side of the admin: every answer across all forms."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup
from wagtail_modeladmin.views import IndexView, InspectView

from forms_app.export import columns_of_all_forms, csv_response
from forms_app.models import ExportRecord, FormVersion, Submission
from forms_app.rights import VIEW, may_export


class ReadOnlyPermissionHelper(PermissionHelper):
    """Answers are read here, never added, changed or deleted by hand."""

    view_permission = VIEW

    def user_can_list(self, user: Any) -> bool:
        return user.has_perm(self.view_permission)

    def user_can_inspect_obj(self, user: Any, obj: Any) -> bool:
        return self.inspect_view_enabled and self.user_can_list(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class TitleIsTheWayIn(ButtonHelper):
    """A record's title leads to it, so a button beside it would say the same again."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, str]]:
        return []


class FormFilter(SimpleListFilter):
    """By form, also one whose page is gone: told by the versions that were answered."""

    title = _("form")
    parameter_name = "form"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        titles = FormVersion.objects.order_by("created_at").values_list("form_key", "title")
        return [(str(key), title) for key, title in dict(titles).items()]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        # Only an offered value is used; anything else would not be a form's key.
        known = {key for key, _title in self.lookup_choices}
        return queryset.filter(form_key=self.value()) if self.value() in known else None


class SourceFilter(SimpleListFilter):
    title = _("sent from")
    parameter_name = "source"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        sent_from = Submission.objects.order_by().values("source_page").distinct()
        pages = Page.objects.filter(pk__in=sent_from).order_by("title")
        return [(str(page.pk), page.title) for page in pages]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        known = {key for key, _title in self.lookup_choices}
        return queryset.filter(source_page=self.value()) if self.value() in known else None


class SubmissionIndexView(IndexView):
    export_buttons_template_name = "forms_app/admin/export_button.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.GET.get(self.EXPORT_VAR) and not may_export(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def as_spreadsheet(self, queryset: QuerySet, spreadsheet_format: str) -> StreamingHttpResponse:
        return csv_response(
            queryset,
            columns_of_all_forms(queryset),
            user=self.request.user,
            what=str(_("Submissions across all forms")),
            filters={**self.params.dict()},
            filename=f"submissions-{timezone.localdate():%Y-%m-%d}.csv",
        )


class SubmissionInspectView(InspectView):
    page_title = _("Answer")

    def get_meta_title(self) -> str:
        return f"{self.page_title} {self.instance}"


class SubmissionAdmin(ModelAdmin):
    model = Submission
    menu_label = _("Submissions")
    menu_icon = "form"
    list_display = ("who", "form_title", "source_title", "submit_time", "state")
    list_filter = (FormFilter, SourceFilter, "state", "submit_time")
    list_select_related = ("person", "version")
    list_per_page = 50
    search_fields = ("receipt", "search_text")
    inspect_view_enabled = True
    history_view_enabled = False
    inspect_view_fields = (
        "receipt",
        "form_title",
        "source_title",
        "submit_time",
        "state",
        "language",
    )
    index_template_name = "forms_app/admin/index.html"
    inspect_template_name = "forms_app/admin/inspect_submission.html"
    inspect_view_class = SubmissionInspectView
    index_view_class = SubmissionIndexView
    button_helper_class = TitleIsTheWayIn
    permission_helper_class = ReadOnlyPermissionHelper

    def get_list_export(self, request: HttpRequest) -> tuple[str, ...]:
        # Only says whether to show the button; the columns come from the forms.
        return ("receipt",) if may_export(request.user) else ()

    @display(description=_("E-mail"), ordering="person__email")
    def who(self, submission: Submission) -> str:
        return submission.person.email if submission.person else submission.receipt


class ExportRecordAdmin(ModelAdmin):
    model = ExportRecord
    menu_label = _("Export ledger")
    menu_icon = "history"
    list_display = ("started_at", "username", "what", "file_format", "row_count", "filters")
    list_filter = ("started_at",)
    search_fields = ("username", "what")
    index_template_name = "forms_app/admin/index.html"
    history_view_enabled = False
    permission_helper_class = ReadOnlyPermissionHelper


class AnswersGroup(ModelAdminGroup):
    menu_label = _("Answers")
    menu_icon = "mail"
    menu_order = 300
    items: tuple[type[ModelAdmin], ...] = (SubmissionAdmin, ExportRecordAdmin)
