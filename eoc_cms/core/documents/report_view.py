"""The report on one file, for the form in which it has just been chosen."""

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from eoc_cms.core.documents.document_form import REPORT_TEMPLATE
from eoc_cms.core.documents.file_report import report_on
from eoc_cms.core.models import CustomDocument


@require_safe
def file_report(request: HttpRequest, pk: int) -> HttpResponse:
    """Answer with the report as a piece of HTML, to whoever may choose or change the file."""
    document = get_object_or_404(CustomDocument, pk=pk)
    policy = policy_registry.get_by_type(CustomDocument)
    if not policy.user_has_any_permission_for_instance(
        request.user, ["choose", "change"], document
    ):
        raise PermissionDenied
    return render(request, REPORT_TEMPLATE, {"report": report_on(document)})
