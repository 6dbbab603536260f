"""Who may open what, and what was downloaded: for staff who answer for the data."""

from typing import Any

from django.contrib.admin import SimpleListFilter, display
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, re_path
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail_modeladmin.options import ModelAdmin

from forms_app.answers_admin.permissions import ReadOnlyPermissionHelper, TitleIsTheWayIn
from forms_app.exporting.lists import exportable, field_columns
from forms_app.exporting.tables import Column
from resources.grants_admin.lists import (
    DownloadSearchHandler,
    GrantSearchHandler,
    HeldIndexView,
    kept_titles,
)
from resources.grants_admin.views import (
    InspectGrantView,
    RevokeGrantsView,
    RevokePersonView,
    RevokeResourceView,
    SendLinkView,
)
from resources.models import Download, Grant

ACTIONS = {
    "revoke": RevokeGrantsView,
    "revoke_person": RevokePersonView,
    "revoke_resource": RevokeResourceView,
    "send_link": SendLinkView,
}


class GrantPermissionHelper(ReadOnlyPermissionHelper):
    view_permission = "resources.view_grant"

    def user_can_act(self, user: Any) -> bool:
        return self.user_can_list(user) and user.has_perm("resources.change_grant")


class DownloadPermissionHelper(ReadOnlyPermissionHelper):
    view_permission = "resources.view_download"


class StateFilter(SimpleListFilter):
    title = gettext_lazy("state")
    parameter_name = "state"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("live", _("Live")),
            ("unproved", _("Waits for its link to be opened")),
            ("expired", _("Expired")),
            ("revoked", _("Revoked")),
        ]

    def queryset(self, request: HttpRequest, queryset: Any) -> QuerySet | None:
        states = {
            "live": queryset.live,
            "unproved": lambda: queryset.not_over().filter(needs_proof=True, confirmed_at=None),
            "expired": lambda: queryset.ended().filter(revoked_at=None),
            "revoked": lambda: queryset.filter(revoked_at__isnull=False),
        }
        narrow = states.get(self.value() or "")
        return narrow() if narrow else None


class ResourceTitleFilter(SimpleListFilter):
    """By the words kept with each record, which outlive the page."""

    title = gettext_lazy("resource")
    parameter_name = "resource"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        titles = kept_titles(model_admin.model, "resource_title")
        return [(title, title) for title in titles if title]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet | None:
        return queryset.filter(resource_title=self.value()) if self.value() else None


def state_of(grant: Grant) -> str:
    if grant.revoked_at:
        return _("Revoked")
    if grant.is_live():
        return _("Live")
    if grant.expires_at > timezone.now() and grant.needs_proof and grant.confirmed_at is None:
        return _("Waits for its link to be opened")
    return _("Expired")


def holder_of(grant: Grant | None) -> str:
    """Say who holds a grant, as far as it is known."""
    if grant and grant.person:
        return grant.person.email
    if grant and grant.cohort_code:
        return _("Code for members")
    return _("Not known")


@exportable
class GrantAdmin(ModelAdmin):
    model = Grant
    index_view_class = HeldIndexView
    export_columns = (
        Column(id="who", heading=gettext_lazy("Who"), value=holder_of),
        *field_columns(Grant, "resource_title"),
        Column(id="state", heading=gettext_lazy("State"), value=state_of),
        *field_columns(Grant, "created_at", "expires_at", "last_used_at"),
        *field_columns(Grant, "confirmed_at", "revoked_at"),
    )
    menu_label = gettext_lazy("Grants")
    menu_icon = "lock-open"
    list_display = (
        "who",
        "resource_title",
        "state_now",
        "created_at",
        "expires_at",
        "last_used_at",
    )
    list_filter = (StateFilter, ResourceTitleFilter, "created_at")
    list_select_related = ("person", "cohort_code")
    list_per_page = 50
    sortable_fields = ("created_at",)
    search_fields = ("person__email", "resource_title", "submission__receipt")
    search_handler_class = GrantSearchHandler
    inspect_view_enabled = True
    history_view_enabled = False
    index_template_name = "forms_app/admin/index.html"
    inspect_template_name = "resources/admin/inspect_grant.html"
    inspect_view_class = InspectGrantView
    button_helper_class = TitleIsTheWayIn
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

    def action_view(self, request: HttpRequest, instance_pk: str, action: str) -> HttpResponse:
        return ACTIONS[action].as_view(model_admin=self, instance_pk=instance_pk)(request)

    @display(description=gettext_lazy("Who"))
    def who(self, grant: Grant) -> str:
        return holder_of(grant)

    @display(description=gettext_lazy("State"))
    def state_now(self, grant: Grant) -> str:
        return state_of(grant)


@exportable
class DownloadAdmin(ModelAdmin):
    model = Download
    index_view_class = HeldIndexView
    export_columns = (
        *field_columns(Download, "downloaded_at", "resource_title", "file_title"),
        Column(
            id="who",
            heading=gettext_lazy("Who"),
            value=lambda download: holder_of(download.grant),
        ),
    )
    menu_label = gettext_lazy("Downloads")
    menu_icon = "download"
    list_display = ("downloaded_at", "resource_title", "file_title", "who")
    list_filter = (ResourceTitleFilter, "downloaded_at")
    list_select_related = ("grant__person", "grant__cohort_code")
    list_per_page = 50
    sortable_fields = ("downloaded_at",)
    search_fields = ("resource_title", "file_title", "grant__person__email")
    search_handler_class = DownloadSearchHandler
    history_view_enabled = False
    index_template_name = "forms_app/admin/index.html"
    permission_helper_class = DownloadPermissionHelper

    @display(description=gettext_lazy("Who"))
    def who(self, download: Download) -> str:
        return holder_of(download.grant)
