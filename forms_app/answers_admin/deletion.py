"""Delete chosen submissions from Wagtail's list, for those who may erase."""

from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.admin import messages
from wagtail.contrib.forms import views

from eoc_cms.core.models import StaffRequest
from forms_app.models import FormPage, Submission
from forms_app.privacy.erasing import erase_answers
from forms_app.rights import may_erase


class DeleteSubmissionsView(views.DeleteSubmissionsView):
    request: StaffRequest

    def dispatch(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        page = get_object_or_404(FormPage, pk=kwargs["page_id"])
        if not may_erase(request.user, page.key):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def handle_delete(self, submissions: QuerySet[Submission]) -> None:
        """Delete what hangs on the answers too, and keep how many there were."""
        count = erase_answers(submissions, user=self.request.user)["answers"]
        if not count:
            words = _("These answers are not there any more. Nothing was erased.")
            messages.info(self.request, words)
            return
        words = ngettext("%(count)d answer is erased.", "%(count)d answers are erased.", count)
        messages.success(self.request, words % {"count": count})
