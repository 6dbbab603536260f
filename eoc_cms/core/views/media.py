"""Deliver public images, video and captions where no web server does it."""

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import storages
from django.http import Http404, HttpRequest
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe

from eoc_cms.core.files.ranges import file_response
from eoc_cms.core.files.storage import StorageError


@require_safe
def serve_media(request: HttpRequest, path: str) -> HttpResponseBase:
    """Answer with a public file; names are unique, so copies may be kept long."""
    try:
        opened = storages["default"].open(path)
    except StorageError:
        # Out of reach is not the same as not there.
        raise
    except (OSError, SuspiciousFileOperation, ValueError) as error:
        # Also a name that is too long for any file, or a folder's.
        raise Http404 from error
    response = file_response(request, opened, size=opened.size, name=path)
    response["Cache-Control"] = "public, max-age=31536000, immutable"
    # An uploaded SVG or HTML must not run as a page of ours.
    response["Content-Security-Policy"] = "default-src 'none'; style-src 'unsafe-inline'; sandbox"
    return response
