"""The export ledger and the saved exports, among the answers."""

from typing import Any

from django.contrib.admin import display
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import URLPattern, re_path
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail_modeladmin.helpers import ButtonHelper, PermissionHelper
from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import DeleteView

from forms_app.answers_admin.flat_list import UnfilteredIndexView
from forms_app.exporting.lists import ExportingIndexView, exportable, field_columns, title_of
from forms_app.exporting.tables import Column, filters_in_words
from forms_app.exports_admin.views import CreateExportView, EditExportView, RunExportView
from forms_app.models import ExportRecord, SavedExport
from forms_app.rights import may_export, may_view_all


class LedgerPermissionHelper(PermissionHelper):
    """Whoever reads answers may see who took them out; nobody writes the ledger by hand."""

    def user_has_any_permissions(self, user: Any) -> bool:
        # Filters may hold what somebody typed, of any form.
        return may_view_all(user)

    def user_can_create(self, user: Any) -> bool:
        return False

    def user_can_edit_obj(self, user: Any, obj: Any) -> bool:
        return False

    def user_can_delete_obj(self, user: Any, obj: Any) -> bool:
        return False


class NoButtons(ButtonHelper):
    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, str]]:
        return []


class LedgerIndexView(ExportingIndexView):
    page_title = gettext_lazy("Export ledger")


def delivered(record: ExportRecord) -> str:
    """Say how many rows left, and whether the file was whole."""
    if record.finished_at is None:
        return _("Not finished: stopped half way, or still on its way")
    rows = record.row_count or 0
    words = ngettext("%(rows)s row", "%(rows)s rows", rows) % {"rows": number_format(rows)}
    if record.expected_rows in {None, rows}:
        return words
    return _("%(rows)s; %(expected)s were counted before some came or were erased") % {
        "rows": words,
        "expected": number_format(record.expected_rows or 0),
    }


@exportable
class ExportRecordAdmin(ModelAdmin):
    model = ExportRecord
    menu_label = gettext_lazy("Export ledger")
    menu_icon = "history"
    list_display = ("started_at", "username", "what", "narrowed_to", "file_format", "outcome")
    list_filter = ("started_at", "file_format")
    search_fields = ("username", "what")
    list_per_page = 50
    index_template_name = "forms_app/admin/index.html"
    index_view_class = LedgerIndexView
    history_view_enabled = False
    permission_helper_class = LedgerPermissionHelper
    button_helper_class = NoButtons
    export_columns = (
        *field_columns(ExportRecord, "started_at", "username", "what"),
        Column(
            id="filters",
            heading=gettext_lazy("Filters"),
            value=lambda record: filters_in_words(record.filters),
        ),
        *field_columns(ExportRecord, "columns", "file_format", "expected_rows", "row_count"),
        *field_columns(ExportRecord, "finished_at"),
    )

    @display(description=gettext_lazy("Filters"))
    def narrowed_to(self, record: ExportRecord) -> str:
        return filters_in_words(record.filters)

    @display(description=gettext_lazy("Rows"))
    def outcome(self, record: ExportRecord) -> str:
        return delivered(record)


class SavedExportPermissionHelper(PermissionHelper):
    """Each person has exports of their own; nobody else's, by whatever address."""

    def user_has_any_permissions(self, user: Any) -> bool:
        return may_export(user)

    def user_can_create(self, user: Any) -> bool:
        return may_export(user)

    def user_can_edit_obj(self, user: Any, obj: SavedExport) -> bool:
        return may_export(user) and obj.owner_id == user.pk

    def user_can_delete_obj(self, user: Any, obj: SavedExport) -> bool:
        return self.user_can_edit_obj(user, obj)


class SavedExportButtonHelper(ButtonHelper):
    """Run it, before all else."""

    def get_buttons_for_obj(self, obj: Any, *args: Any, **kwargs: Any) -> list[dict[str, str]]:
        run = {
            "url": self.url_helper.get_action_url("run", obj.pk),
            "label": _("Export"),
            "classname": self.finalise_classname(["button-small"], []),
            "title": _("Prepare this file"),
        }
        return [run, *super().get_buttons_for_obj(obj, *args, **kwargs)]


class DeleteExportView(DeleteView):
    def confirmation_message(self) -> str:
        return _(
            "Delete “%(name)s”? Answers and files that you have exported stay as they are."
        ) % {"name": self.instance}


class SavedExportAdmin(ModelAdmin):
    model = SavedExport
    index_view_class = UnfilteredIndexView
    menu_label = gettext_lazy("Saved exports")
    menu_icon = "download"
    list_display = ("name", "list_title", "file_format", "rows_taken", "reminder")
    index_template_name = "forms_app/admin/index.html"
    history_view_enabled = False
    create_view_class = CreateExportView
    edit_view_class = EditExportView
    delete_view_class = DeleteExportView
    permission_helper_class = SavedExportPermissionHelper
    button_helper_class = SavedExportButtonHelper

    def get_queryset(self, request: HttpRequest) -> QuerySet[SavedExport]:
        return SavedExport.objects.filter(owner=request.user.pk)

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            re_path(
                self.url_helper.get_action_url_pattern("run"),
                self.run_view,
                name=self.url_helper.get_action_url_name("run"),
            ),
        )

    def run_view(self, request: HttpRequest, instance_pk: str) -> Any:
        return RunExportView.as_view(model_admin=self, instance_pk=instance_pk)(request)

    @display(description=gettext_lazy("Rows"))
    def rows_taken(self, saved: SavedExport) -> str:
        return _("Only new ones") if saved.only_new else _("All")

    @display(description=gettext_lazy("Reminder"))
    def reminder(self, saved: SavedExport) -> str:
        return _("Every week") if saved.weekly else _("No")

    @display(description=gettext_lazy("List"))
    def list_title(self, saved: SavedExport) -> str:
        return title_of(saved.listing)
