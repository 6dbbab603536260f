"""Delete chosen submissions from Wagtail's list, for those who may erase."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from wagtail.contrib.forms import views

from forms_app.models import FormPage, Submission
from forms_app.privacy.answers import erase_answers
from forms_app.rights import may_erase


class DeleteSubmissionsView(views.DeleteSubmissionsView):
    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        page = get_object_or_404(FormPage, pk=kwargs["page_id"])
        if not may_erase(request.user, page.form_key):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def handle_delete(self, submissions: QuerySet[Submission]) -> None:
        """Delete what hangs on the answers too, and keep how many there were."""
        erase_answers(submissions)
