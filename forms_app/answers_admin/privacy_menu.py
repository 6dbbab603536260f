"""The privacy pages in the admin: their addresses, and their places in the Answers menu."""

from django.http import HttpRequest
from django.urls import URLPattern, path, reverse_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem

from forms_app.answers_admin.privacy_requests import (
    ErasePersonView,
    ExportPersonView,
    PersonDataView,
    RetentionView,
    holds_for_all,
)
from forms_app.rights import VIEW


class ForAllAnswers(MenuItem):
    """Shown to those who may read the answers to every form."""

    def is_shown(self, request: HttpRequest) -> bool:
        return holds_for_all(request.user, VIEW)


def privacy_urls() -> list[URLPattern]:
    return [
        path("answers/person/", PersonDataView.as_view(), name="forms_app_person_data"),
        path("answers/person/export/", ExportPersonView.as_view(), name="forms_app_export_person"),
        path("answers/person/erase/", ErasePersonView.as_view(), name="forms_app_erase_person"),
        path("answers/retention/", RetentionView.as_view(), name="forms_app_retention"),
    ]


def privacy_menu_items(order: int) -> list[MenuItem]:
    return [
        ForAllAnswers(
            _("Privacy requests"),
            reverse_lazy("forms_app_person_data"),
            icon_name="user",
            order=order,
        ),
        ForAllAnswers(
            _("What is erased when"),
            reverse_lazy("forms_app_retention"),
            icon_name="time",
            order=order + 1,
        ),
    ]
