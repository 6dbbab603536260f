"""Each person's saved exports: the list, and the way to run one."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.urls import URLPattern, re_path
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail_modeladmin.helpers import PermissionHelper
from wagtail_modeladmin.views import DeleteView

from eoc_cms.core.models import Staff
from forms_app.list_admin.list_view import ListAdmin, ListView, tell_when_gone
from forms_app.list_admin.saved_views import CreateExportView, EditExportView, RunExportView
from forms_app.listing.base import Listing, title_of
from forms_app.models import SavedExport
from forms_app.rights import may_export


class SavedExportListing(Listing):
    """Each person has exports of their own; nobody else's, by whatever address."""

    model = SavedExport
    title = gettext_lazy("Saved exports")

    def may_list(self, user: Staff) -> bool:
        return may_export(user)

    def may_export(self, user: Staff) -> bool:
        return False

    def visible_to(self, user: Staff) -> QuerySet:
        return SavedExport.objects.filter(owner=user.pk)


SAVED_EXPORTS = SavedExportListing()


class SavedExportPermissionHelper(PermissionHelper):
    def user_has_any_permissions(self, user: Staff) -> bool:
        return may_export(user)

    def user_can_list(self, user: Staff) -> bool:
        return may_export(user)

    def user_can_create(self, user: Staff) -> bool:
        return may_export(user)

    def user_can_edit_obj(self, user: Staff, obj: SavedExport) -> bool:
        return may_export(user) and obj.owner_id == user.pk

    def user_can_delete_obj(self, user: Staff, obj: SavedExport) -> bool:
        return self.user_can_edit_obj(user, obj)


class DeleteExportView(DeleteView):
    def confirmation_message(self) -> str:
        return _(
            "Delete “%(name)s”? Answers and files that you have exported stay as they are."
        ) % {"name": self.instance}


def reminder(saved: SavedExport) -> str:
    """Say whether its owner is reminded, and if it has stopped, why."""
    if saved.stopped_at:
        return _("Stopped. %(reason)s") % {"reason": saved.stopped_because}
    return _("Every week") if saved.weekly else _("No")


class SavedExportsView(ListView):
    listing = SAVED_EXPORTS
    default_ordering = "name"
    is_searchable = False
    add_label = gettext_lazy("Choose columns and save")
    columns = [
        TitleColumn(
            "name", label=gettext_lazy("Name"), url_name="forms_app_savedexport_modeladmin_run"
        ),
        Column("list", label=gettext_lazy("List"), accessor=lambda saved: title_of(saved.listing)),
        Column(
            "format",
            label=gettext_lazy("Format"),
            accessor=lambda saved: saved.get_file_format_display(),
        ),
        Column(
            "rows",
            label=gettext_lazy("Rows"),
            accessor=lambda saved: _("Only new ones") if saved.only_new else _("All"),
        ),
        Column(
            "reminder",
            label=gettext_lazy("Reminder"),
            accessor=reminder,
        ),
    ]


class SavedExportAdmin(ListAdmin):
    model = SavedExport
    listing = SAVED_EXPORTS
    menu_icon = "download"
    index_view_class = SavedExportsView
    create_view_class = CreateExportView
    edit_view_class = EditExportView
    delete_view_class = DeleteExportView
    permission_helper_class = SavedExportPermissionHelper

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            re_path(
                self.url_helper.get_action_url_pattern("run"),
                self.run_view,
                name=self.url_helper.get_action_url_name("run"),
            ),
        )

    @tell_when_gone
    def run_view(self, request: HttpRequest, instance_pk: str) -> HttpResponseBase:
        return RunExportView.as_view(model_admin=self, instance_pk=instance_pk)(request)
