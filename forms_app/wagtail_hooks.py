"""What the app adds to the admin: answers, people, privacy, the builder's help."""

from django.db.models import QuerySet
from django.templatetags.static import static
from django.urls import URLPattern, path
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from eoc_cms.core.models import Staff
from forms_app.answers_admin.actions import act_on_answer, act_on_chosen
from forms_app.answers_admin.consents import record_consent
from forms_app.answers_admin.deletion import DeleteSubmissionsView
from forms_app.answers_admin.form_submissions import FormsListView
from forms_app.answers_admin.people import PersonAdmin
from forms_app.answers_admin.privacy_menu import privacy_urls
from forms_app.answers_admin.rights import FormRightAdmin
from forms_app.answers_admin.submissions import AnswersGroup, SubmissionAdmin
from forms_app.answers_admin.tray import tray
from forms_app.editing.answers_held import tell_of_answers
from forms_app.editing.copying import withdraw_copies
from forms_app.editing.start_form_view import StartFormView
from forms_app.list_admin.acts import AnswerActAdmin
from forms_app.list_admin.consents import ConsentEventAdmin
from forms_app.list_admin.ledger import ExportRecordAdmin
from forms_app.list_admin.saved_exports import SavedExportAdmin
from forms_app.models import FormPage
from forms_app.rights import VIEW, forms_for
from forms_app.uploads.view import answer_file

AnswersGroup.add(
    SubmissionAdmin,
    PersonAdmin,
    ConsentEventAdmin,
    ExportRecordAdmin,
    SavedExportAdmin,
    AnswerActAdmin,
    first=True,
)
modeladmin_register(AnswersGroup)
modeladmin_register(FormRightAdmin)
hooks.register("after_copy_page", withdraw_copies)
hooks.register("before_delete_page", tell_of_answers)
hooks.register("register_admin_urls", privacy_urls)


@hooks.register("register_admin_urls")
def register_start_form_url() -> list[URLPattern]:
    return [
        path("forms/new/<int:parent_id>/", StartFormView.as_view(), name="forms_app_start_form")
    ]


@hooks.register("register_admin_urls")
def register_answer_urls() -> list[URLPattern]:
    return [
        path("answers/tray/", tray, name="forms_app_tray"),
        path("answers/tray/chosen/", act_on_chosen, name="forms_app_answers_chosen"),
        path("answers/<int:pk>/do/", act_on_answer, name="forms_app_answer_action"),
        path("answers/person/<int:pk>/consent/", record_consent, name="forms_app_record_consent"),
    ]


@hooks.register("register_admin_urls")
def register_answer_file_url() -> list[URLPattern]:
    return [path("answers/files/<uuid:key>/", answer_file, name="forms_app_answer_file")]


# A panel within an InlinePanel cannot bring its own script.
@hooks.register("insert_editor_js")
def load_form_builder_script() -> SafeString:
    return format_html(
        '<script src="{}" data-duplicate="{}" data-insert="{}"></script>',
        static("eoc/admin/form_builder.js"),
        _("Duplicate this question"),
        _("Insert a question after this one"),
    )


@hooks.register("filter_form_submissions_for_user")
def filter_forms_by_right_to_answers(user: Staff, editable_forms: QuerySet[Page]) -> QuerySet[Page]:
    """Only the forms whose answers somebody may read; editing a form gives no right to them."""
    keys = forms_for(user, VIEW)
    forms = Page.objects.type(FormPage)
    if keys is None:
        return forms
    return forms.filter(pk__in=[pk for key in keys for pk in FormPage.pages_of(key)])


# Before Wagtail's own, whose check lets everybody delete who may see the list.
@hooks.register("register_admin_urls", order=-1)
def register_delete_submissions_url() -> list[URLPattern]:
    return [
        path(
            "forms/submissions/<int:page_id>/delete/",
            DeleteSubmissionsView.as_view(),
            name="forms_app_delete_submissions",
        )
    ]


# Wagtail's own asks for a right to pages, which whoever reads answers may not have.
@hooks.register("register_admin_urls", order=-1)
def register_form_list_urls() -> list[URLPattern]:
    return [
        path("forms/", FormsListView.as_view(), name="forms_app_forms"),
        path(
            "forms/results/",
            FormsListView.as_view(results_only=True),
            name="forms_app_forms_results",
        ),
    ]
