"""Delete chosen submissions from Wagtail's list, for those who may erase."""

from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from wagtail.contrib.forms import views

from forms_app.rights import may_erase


class DeleteSubmissionsView(views.DeleteSubmissionsView):
    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if not may_erase(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)
