"""Deliver a file, after asking for the right. The only place that does."""

import uuid
from typing import Any
from urllib.parse import quote

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from eoc_cms.core.models import CustomDocument
from eoc_cms.core.ranges import file_response
from resources.access import access_of
from resources.downloads import count_download
from resources.gate import decide_file, gated_resources_of, is_visible
from resources.models import ResourceFile
from resources.renewal import note_use


@require_safe
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Answer with a resource's file, or lead to the page where it can be asked for."""
    entry = (
        ResourceFile.objects.filter(key=key)
        .select_related("document", "resource", "resource__gate_form")
        .first()
    )
    if entry is None:
        raise Http404
    decision = decide_file(entry, access_of(request))
    if not decision.is_open:
        return _lead_to_resource(request, entry)
    response = deliver(request, entry.document, name=file_name(entry))
    count_download(request, response, entry, decision.grant)
    if decision.grant:
        note_use(request, response, decision.grant, entry.resource)
    return response


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Answer Wagtail's address of a document, which by itself opens nothing.

    The name in the address is compared only once the file may go out, so that
    a guess tells nothing. Staff who may edit the document see it as the admin
    links to it.
    """
    found = CustomDocument.objects.filter(pk=int(document_id[:18])).first()
    if found is None:
        raise Http404
    if may_edit(request.user, found) or is_open_to_all(found):
        if found.filename != filename:
            raise Http404
        return deliver(request, found, name=found.filename)
    entry = ResourceFile.objects.filter(document=found).select_related("resource").first()
    if entry is None:
        raise Http404
    return _lead_to_resource(request, entry)


def may_edit(user: Any, found: CustomDocument) -> bool:
    policy = policy_registry.get_by_type(CustomDocument)
    return user.is_authenticated and policy.user_has_permission_for_instance(user, "change", found)


def is_open_to_all(found: CustomDocument) -> bool:
    """A file is public when staff say so, no gate holds it and its collection is public."""
    return (
        found.is_public
        and not gated_resources_of(found).exists()
        and not found.collection.get_view_restrictions().exists()
    )


def deliver(request: HttpRequest, found: CustomDocument, *, name: str) -> HttpResponseBase:
    """Send the bytes, or have nginx send them, with headers that let nothing run or stay."""
    if settings.SENDFILE == "nginx":
        response: HttpResponseBase = HttpResponse()
        response["X-Accel-Redirect"] = f"/private/{quote(found.file.name)}"
        response["Content-Type"] = found.content_type
    else:
        try:
            opened = found.file.storage.open(found.file.name)
        except FileNotFoundError as error:
            raise Http404 from error
        response = file_response(request, opened, size=opened.size, name=found.filename)
    response["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'"
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "private, no-store"
    response["Referrer-Policy"] = "no-referrer"
    return response


def file_name(entry: ResourceFile) -> str:
    """Name the download after the resource, in whatever script its title is written."""
    title = entry.resource.title if not entry.label else f"{entry.resource.title} ({entry.label})"
    safe = "".join(
        " " if char in '\\/:*?"<>|' or not char.isprintable() else char for char in title
    )
    return f"{' '.join(safe.split())[:120].rstrip()}.{entry.document.file_extension.lower()}"


def _lead_to_resource(request: HttpRequest, entry: ResourceFile) -> HttpResponse:
    if not is_visible(entry.resource):
        raise Http404
    return HttpResponseRedirect(entry.resource.get_url(request), status=303)
