"""Deliver public images, video and captions where no web server does it."""

import os
from pathlib import Path

from django.conf import settings
from django.core.exceptions import SuspiciousFileOperation
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.utils._os import safe_join
from django.views.decorators.http import require_safe

from eoc_cms.core.ranges import file_response


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a file under MEDIA_ROOT; names are unique, so copies may be kept long."""
    try:
        opened = Path(safe_join(settings.MEDIA_ROOT, path)).open("rb")  # noqa: SIM115 - the answer closes it
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        # Also a name that is too long for any file, or a folder's.
        raise Http404 from error
    size = os.fstat(opened.fileno()).st_size
    response = file_response(request, opened, size=size, name=path)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # An uploaded SVG or HTML must not run as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
