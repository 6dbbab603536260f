"""Hand over a file to somebody who may have it. Who may is decided before."""

import logging
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.http import content_disposition_header

from eoc_cms.core.files.ranges import file_response
from eoc_cms.core.files.storage import SigningStorage, StorageError, etag_of
from eoc_cms.core.models import CustomDocument
from resources.models import ResourceFile

logger = logging.getLogger(__name__)

RETRY_AFTER_SECONDS = 60


def deliver(request: HttpRequest, found: CustomDocument, *, name: str) -> HttpResponseBase:
    """Send the bytes, or have nginx or the storage send them.

    The headers let nothing run or stay; `name` is what the file is saved as.
    """
    ways = {"nginx": _by_nginx, "s3": _by_storage, "python": _by_ourselves}
    disposition = content_disposition_header(True, name) or "attachment"
    try:
        response = ways[settings.SENDFILE](request, found, disposition)
    except StorageError:
        logger.exception("A file could not be fetched from where files are kept.")
        return _not_now(request)
    response["Content-Disposition"] = disposition
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def _by_nginx(request: HttpRequest, found: CustomDocument, disposition: str) -> HttpResponseBase:
    response = HttpResponse(content_type=found.content_type)
    response["X-Accel-Redirect"] = f"/private/{quote(found.file.name)}"
    return response


def _by_storage(request: HttpRequest, found: CustomDocument, disposition: str) -> HttpResponseBase:
    storage: SigningStorage = found.file.storage
    if not storage.exists(found.file.name):
        # The storage would say so in words that are meant for programs.
        raise Http404
    address = storage.signed_url(
        found.file.name,
        method=request.method or "GET",
        disposition=disposition,
        content_type=found.content_type,
    )
    return HttpResponseRedirect(address, status=303)


def _by_ourselves(
    request: HttpRequest, found: CustomDocument, disposition: str
) -> HttpResponseBase:
    storage = found.file.storage
    try:
        opened = storage.open(found.file.name)
    except FileNotFoundError as error:
        raise Http404 from error
    etag = etag_of(found.file.name, opened, storage)
    return file_response(request, opened, size=opened.size, name=found.filename, etag=etag)


def _not_now(request: HttpRequest) -> HttpResponse:
    response = render(request, "500.html", status=503)
    response["Retry-After"] = str(RETRY_AFTER_SECONDS)
    return response


def file_name(entry: ResourceFile) -> str:
    """Name the download after the resource, in whatever script its title is written."""
    title = entry.resource.title if not entry.label else f"{entry.resource.title} ({entry.label})"
    safe = "".join(
        " " if char in '\\/:*?"<>|' or not char.isprintable() else char for char in title
    )
    return f"{' '.join(safe.split())[:120].rstrip()}.{entry.document.file_extension.lower()}"
