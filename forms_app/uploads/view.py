"""Staff fetch the file that came with an answer."""

import uuid

from django.core.exceptions import PermissionDenied
from django.http import FileResponse, Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from forms_app.models import SubmissionFile
from forms_app.rights import may_view


@require_safe
def answer_file(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Send a file to whoever may view answers, in a way that lets nothing in it run."""
    row = SubmissionFile.objects.exclude(submission=None).filter(key=key).first()
    # Asked first, so that the address of a file tells a stranger nothing.
    if not may_view(request.user, row.form_key if row else None):
        raise PermissionDenied
    if row is None:
        raise Http404
    try:
        opened = row.file.open()
    except FileNotFoundError as error:
        raise Http404 from error
    response = FileResponse(opened, content_type=row.content_type)
    response["Content-Disposition"] = content_disposition_header(True, row.name) or "attachment"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Content-Type-Options"] = "nosniff"
    response["X-Robots-Tag"] = "noindex"
    response["Referrer-Policy"] = "no-referrer"
    response["Cache-Control"] = "private, no-store"
    return response
