"""What the app adds to the admin: grants, downloads, codes, the lock check."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.log_actions import LogActionRegistry

from forms_app.answers_admin.submissions import AnswersGroup
from resources.editing.closing import refuse_unseen_closing
from resources.editing.lock_check_view import LockCheckView
from resources.gate.grant_actions import LINK_SENT, REVOKED
from resources.grants_admin.cohort_codes import CohortCodeAdmin
from resources.grants_admin.grants import DownloadAdmin, GrantAdmin

AnswersGroup.add(GrantAdmin, DownloadAdmin, CohortCodeAdmin)


@hooks.register("register_log_actions")
def register_log_actions(actions: LogActionRegistry) -> None:
    actions.register_action(REVOKED, _("Revoke access"), _("Access revoked"))
    actions.register_action(LINK_SENT, _("Send the link again"), _("Link sent again"))


@hooks.register("register_admin_urls")
def register_lock_check_url() -> list[URLPattern]:
    return [
        path(
            "resources/<int:page_id>/lock-check/",
            LockCheckView.as_view(),
            name="resources_lock_check",
        )
    ]


@hooks.register("before_bulk_action")
def before_bulk_action(
    request: HttpRequest, action_type: str, objects: list[Any], action: Any
) -> HttpResponse | None:
    return refuse_unseen_closing(request, objects, action)
