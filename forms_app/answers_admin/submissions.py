"""The data manager's side of the admin: every answer across all forms."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from forms_app.answers_admin.flat_list import FlatIndexView
from forms_app.answers_admin.inspect import SubmissionInspectView
from forms_app.answers_admin.people import PersonAdmin
from forms_app.answers_admin.permissions import ReadOnlyPermissionHelper, TitleIsTheWayIn
from forms_app.answers_admin.privacy_menu import privacy_menu_items
from forms_app.answers_admin.tray import TrayMenuItem
from forms_app.exporting import answers
from forms_app.exporting.lists import ExportsRows, exportable
from forms_app.exporting.tables import Table
from forms_app.exports_admin.lists import ExportRecordAdmin, SavedExportAdmin
from forms_app.listing.filters import FormFilter, FromDay, MarkFilter, SourceFilter, UntilDay
from forms_app.listing.word_search import WordSearchHandler
from forms_app.models import Submission
from forms_app.rights import may_export, may_view, visible_submissions


class SubmissionPermissionHelper(ReadOnlyPermissionHelper):
    """The list shows the forms a person may read; so does the page of one answer."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return may_view(user)

    def user_can_list(self, user: Any) -> bool:
        return may_view(user)

    def user_can_inspect_obj(self, user: Any, obj: Submission) -> bool:
        return may_view(user, obj.form_key)


class SubmissionIndexView(ExportsRows, FlatIndexView):
    @classmethod
    def is_for(cls, user: Any) -> bool:
        return may_export(user)

    def table(self, queryset: QuerySet) -> Table:
        """The columns come from the forms that the rows answer."""
        shape = super().table(queryset)
        return answers.table_of_answers(
            answers.exportable_by(self.request.user, queryset),
            title=shape.title,
            filters=shape.filters,
            query=shape.query,
        )


@exportable
class SubmissionAdmin(ModelAdmin):
    model = Submission
    export_columns = ()
    menu_label = _("Submissions")
    menu_icon = "form"
    list_display = ("who", "form_title", "source_title", "submit_time", "state_and_marks")
    list_filter = (FormFilter, SourceFilter, "state", MarkFilter, "submit_time", FromDay, UntilDay)
    list_select_related = ("person", "version")
    list_per_page = 50
    sortable_fields = ("submit_time",)
    search_fields = ("receipt", "search_text")
    search_handler_class = WordSearchHandler
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
    permission_helper_class = SubmissionPermissionHelper

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        # What is searched and not shown may be long.
        return visible_submissions(request.user).defer("search_text", "form_data")

    @display(description=_("E-mail"))
    def who(self, submission: Submission) -> str:
        who = submission.person.email if submission.person else submission.receipt
        return f"★ {who}" if submission.is_starred else who

    @display(description=_("State"))
    def state_and_marks(self, submission: Submission) -> str:
        return submission.state_in_words


class AnswersGroup(ModelAdminGroup):
    menu_label = _("Answers")
    menu_icon = "mail"
    menu_order = 300
    items: tuple[type[ModelAdmin], ...] = (
        SubmissionAdmin,
        PersonAdmin,
        ExportRecordAdmin,
        SavedExportAdmin,
    )

    def get_submenu_items(self) -> list[Any]:
        listed = super().get_submenu_items()
        return [*listed, TrayMenuItem(order=2), *privacy_menu_items(order=900)]
