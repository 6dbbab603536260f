"""Deliver a file, after asking for the right. Nothing else calls `deliver`."""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.http.response import HttpResponseBase
from django.views.decorators.http import require_safe
from wagtail.permissions import policy_registry

from eoc_cms.core.keys import read_key
from eoc_cms.core.models import CustomDocument, Staff
from eoc_cms.core.pages.privacy import may_see
from resources.catalogue.visibility import public_pages
from resources.gate.access import access_of
from resources.gate.decision import decide_file, file_with_key, gated_resources_of, is_visible
from resources.gate.delivery import deliver, file_name
from resources.gate.downloads import count_download
from resources.gate.renewal import note_use
from resources.models import FormerFileAddress, ResourcePage


@require_safe
def download(request: HttpRequest, key: uuid.UUID) -> HttpResponseBase:
    """Answer with a resource's file, or lead to the page where it can be asked for."""
    entry = file_with_key(key)
    if entry is None:
        return _lead_from_former_address(request, key)
    decision = decide_file(entry, access_of(request), shows=shows_to(request, entry.resource))
    if not decision.is_open:
        return _lead_to_page(request, entry.resource)
    response = deliver(request, entry.document, name=file_name(entry))
    count_download(request, response, entry, decision.grant)
    if decision.grant:
        note_use(request, response, decision.grant, entry.resource)
    return response


def shows_to(request: HttpRequest, resource: ResourcePage) -> bool:
    """Say whether whoever asks may see the resource's page now, which may be for some only."""
    if is_visible(resource):
        return True
    is_live = resource.live and not resource.has_expired
    return is_live and may_see(request, resource)


@require_safe
def document(request: HttpRequest, document_id: str, filename: str) -> HttpResponseBase:
    """Answer Wagtail's address of a document, which by itself opens nothing.

    The name in the address is compared only once the file may go out, so that
    a guess tells nothing. Staff who may edit the document see it as the admin
    links to it.
    """
    key = read_key(document_id)
    found = CustomDocument.objects.filter(pk=key).first() if key is not None else None
    if found is None:
        raise Http404
    if may_edit(request.user, found) or is_open_to_all(found) or is_open_to(request, found):
        if found.filename != filename:
            raise Http404
        return deliver(request, found, name=found.filename)
    return _lead_to_first_visible(request, found)


def may_edit(user: Staff, found: CustomDocument) -> bool:
    policy = policy_registry.get_by_type(CustomDocument)
    return user.is_authenticated and policy.user_has_permission_for_instance(user, "change", found)


def is_open_to_all(found: CustomDocument) -> bool:
    """A file is public when staff say so, no gate holds it and its collection is public."""
    return (
        found.is_public
        and not gated_resources_of(found).exists()
        and not found.collection.get_view_restrictions().exists()
    )


def is_open_to(request: HttpRequest, found: CustomDocument) -> bool:
    """Say whether somebody with an account may have a public file of a private collection."""
    return (
        request.user.is_authenticated
        and found.is_public
        and not gated_resources_of(found).exists()
        and all(each.accept_request(request) for each in found.collection.get_view_restrictions())
    )


def _lead_to_first_visible(request: HttpRequest, found: CustomDocument) -> HttpResponse:
    """Lead to a page that holds the document; where none shows, answer as if there were none.

    What this tells, that a page has a file, stands on the page already; the
    number in the address opens nothing.
    """
    pages = ResourcePage.objects.filter(files__document=found)
    resource = pages.filter(pk__in=public_pages().values("pk")).first()
    if resource is None:
        raise Http404
    return _lead_to_page(request, resource)


def _lead_from_former_address(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """Lead on from the address of a file that staff have replaced by a new entry."""
    former = FormerFileAddress.objects.filter(key=key).select_related("resource").first()
    if former is None:
        raise Http404
    return _lead_to_page(request, former.resource)


def _lead_to_page(request: HttpRequest, resource: ResourcePage) -> HttpResponse:
    if not is_visible(resource):
        raise Http404
    return HttpResponseRedirect(resource.get_url(request), status=303)
