"""Deliver public images, video and captions where no web server does it."""

from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest, HttpResponse
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from eoc_cms.core.ranges import file_response


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponse:
    """Answer with a file under MEDIA_ROOT; names are unique, so copies may be kept long."""
    try:
        target = Path(safe_join(settings.MEDIA_ROOT, path))
    except (SuspiciousFileOperation, ValueError) as error:
        raise Http404 from error
    if not target.is_file():
        raise Http404
    response = file_response(request, target.open("rb"), size=target.stat().st_size, name=path)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # An uploaded SVG or HTML must not run as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response  # type: ignore[return-value]
