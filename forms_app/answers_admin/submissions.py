"""The data manager's side of the admin: every answer across all forms."""

from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.tables import Column, TitleColumn
from wagtail_modeladmin.options import ModelAdmin, ModelAdminGroup

from eoc_cms.core.models import Staff
from forms_app.answers_admin.inspect import SubmissionInspectView
from forms_app.answers_admin.privacy_menu import privacy_menu_items
from forms_app.answers_admin.tray import TrayMenuItem
from forms_app.list_admin.list_view import ListAdmin, ListView
from forms_app.list_admin.permissions import NoRowButtons, ReadOnlyPermissionHelper
from forms_app.listing.answers import ANSWERS
from forms_app.models import Submission
from forms_app.rights import may_view, visible_submissions


class SubmissionPermissionHelper(ReadOnlyPermissionHelper):
    """The list shows the forms a person may read; so does the page of one answer."""

    listing = ANSWERS

    def user_can_inspect_obj(self, user: Staff, obj: Submission) -> bool:
        return may_view(user, obj.form_key)


def who(submission: Submission) -> str:
    name = submission.person.email if submission.person else submission.receipt
    return f"★ {name}" if submission.is_starred else name


class SubmissionsView(ListView):
    listing = ANSWERS
    default_ordering = "-submit_time"
    columns = [
        TitleColumn(
            "who",
            label=_("E-mail"),
            accessor=who,
            url_name="forms_app_submission_modeladmin_inspect",
        ),
        Column("form_title", label=_("Form")),
        Column("source_title", label=_("Sent from")),
        Column("submit_time", label=_("Sent"), sort_key="submit_time"),
        Column("state_in_words", label=_("State")),
    ]


class SubmissionAdmin(ListAdmin):
    model = Submission
    listing = ANSWERS
    menu_icon = "form"
    index_view_class = SubmissionsView
    inspect_view_enabled = True
    inspect_view_fields = (
        "receipt",
        "form_title",
        "source_title",
        "submit_time",
        "state",
        "language",
    )
    inspect_template_name = "forms_app/admin/inspect_submission.html"
    inspect_view_class = SubmissionInspectView
    button_helper_class = NoRowButtons
    permission_helper_class = SubmissionPermissionHelper

    def get_queryset(self, request: HttpRequest) -> QuerySet[Submission]:
        return visible_submissions(request.user)


class AnswersGroup(ModelAdminGroup):
    """The menu of answers. Other apps add their lists before Wagtail builds it."""

    menu_label = _("Answers")
    menu_icon = "mail"
    menu_order = 300
    _lists: list[type[ModelAdmin]] = []

    @classmethod
    def add(cls, *lists: type[ModelAdmin], first: bool = False) -> None:
        """Add lists to the menu; Wagtail reads hooks in the order of INSTALLED_APPS."""
        cls._lists[:] = [*lists, *cls._lists] if first else [*cls._lists, *lists]

    @property
    def items(self) -> tuple[type[ModelAdmin], ...]:
        return tuple(self._lists)

    def get_submenu_items(self) -> list[MenuItem]:
        listed = super().get_submenu_items()
        return [*listed, TrayMenuItem(order=2), *privacy_menu_items(order=900)]
