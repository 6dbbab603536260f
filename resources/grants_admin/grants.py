"""Who may open what, and what was downloaded: for staff who answer for the data."""

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils.translation import gettext_lazy
from wagtail.admin.ui.tables import Column, TitleColumn

from eoc_cms.core.models import Staff
from forms_app.list_admin.list_view import ListAdmin, ListView, tell_when_gone
from forms_app.list_admin.permissions import NoRowButtons, ReadOnlyPermissionHelper
from resources.grants_admin.listings import DOWNLOADS, GRANTS, holder_of, state_of
from resources.grants_admin.views import (
    InspectGrantView,
    RevokeGrantsView,
    RevokePersonView,
    RevokeResourceView,
    SendLinkView,
)
from resources.models import Download, Grant
from resources.rights import CHANGE_GRANTS

ACTIONS = {
    "revoke": RevokeGrantsView,
    "revoke_person": RevokePersonView,
    "revoke_resource": RevokeResourceView,
    "send_link": SendLinkView,
}


class GrantPermissionHelper(ReadOnlyPermissionHelper):
    listing = GRANTS

    def user_can_act(self, user: Staff) -> bool:
        return self.user_can_list(user) and user.has_perm(CHANGE_GRANTS)


class DownloadPermissionHelper(ReadOnlyPermissionHelper):
    listing = DOWNLOADS


class GrantsView(ListView):
    listing = GRANTS
    default_ordering = "-created_at"
    columns = [
        TitleColumn(
            "who",
            label=gettext_lazy("Who"),
            accessor=holder_of,
            url_name="resources_grant_modeladmin_inspect",
        ),
        Column("resource_title", label=gettext_lazy("Asked for on")),
        Column("state", label=gettext_lazy("State"), accessor=state_of),
        Column("created_at", label=gettext_lazy("Granted"), sort_key="created_at"),
        Column("expires_at", label=gettext_lazy("Until")),
        Column("last_used_at", label=gettext_lazy("Last used")),
    ]


class GrantAdmin(ListAdmin):
    model = Grant
    listing = GRANTS
    menu_icon = "lock-open"
    index_view_class = GrantsView
    inspect_view_enabled = True
    inspect_template_name = "resources/admin/inspect_grant.html"
    inspect_view_class = InspectGrantView
    button_helper_class = NoRowButtons
    permission_helper_class = GrantPermissionHelper

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        return (
            *super().get_admin_urls_for_registration(),
            *[
                re_path(
                    self.url_helper.get_action_url_pattern(action),
                    self.action_view,
                    {"action": action},
                    name=self.url_helper.get_action_url_name(action),
                )
                for action in ACTIONS
            ],
        )

    @tell_when_gone
    def action_view(self, request: HttpRequest, instance_pk: str, action: str) -> HttpResponse:
        return ACTIONS[action].as_view(model_admin=self, instance_pk=instance_pk)(request)


class DownloadsView(ListView):
    listing = DOWNLOADS
    default_ordering = "-downloaded_at"
    columns = [
        Column("downloaded_at", label=gettext_lazy("When"), sort_key="downloaded_at"),
        Column("resource_title", label=gettext_lazy("Resource")),
        Column("file_title", label=gettext_lazy("File")),
        Column(
            "who",
            label=gettext_lazy("Who"),
            accessor=lambda download: holder_of(download.grant),
        ),
    ]


class DownloadAdmin(ListAdmin):
    model = Download
    listing = DOWNLOADS
    menu_icon = "download"
    index_view_class = DownloadsView
    permission_helper_class = DownloadPermissionHelper
