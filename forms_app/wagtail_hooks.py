from typing import Any

from django.db.models import QuerySet
from django.urls import URLPattern, path
from wagtail import hooks
from wagtail.models import Page
from wagtail_modeladmin.options import modeladmin_register

from forms_app.admin import AnswersGroup
from forms_app.deletion import DeleteSubmissionsView
from forms_app.models import FormPage
from forms_app.rights import may_view
from forms_app.submissions_list import FormsListView

modeladmin_register(AnswersGroup)


@hooks.register("filter_form_submissions_for_user")
def answers_have_rights_of_their_own(user: Any, editable_forms: QuerySet[Page]) -> QuerySet[Page]:
    """Whoever may view answers sees every form's; editing a form page gives no right to them."""
    return Page.objects.type(FormPage) if may_view(user) else Page.objects.none()


# Before Wagtail's own, whose check lets everybody delete who may see the list.
@hooks.register("register_admin_urls", order=-1)
def deleting_needs_the_right_to_erase() -> list[URLPattern]:
    return [
        path(
            "forms/submissions/<int:page_id>/delete/",
            DeleteSubmissionsView.as_view(),
            name="forms_app_delete_submissions",
        )
    ]


# Wagtail's own asks for a right to pages, which whoever reads answers may not have.
@hooks.register("register_admin_urls", order=-1)
def listing_forms_needs_the_right_to_answers() -> list[URLPattern]:
    return [
        path("forms/", FormsListView.as_view(), name="forms_app_forms"),
        path(
            "forms/results/",
            FormsListView.as_view(results_only=True),
            name="forms_app_forms_results",
        ),
    ]
