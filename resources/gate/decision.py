"""The rule: may these files go to this visitor? Every road asks here."""

from dataclasses import dataclass

from django.db.models import QuerySet

from eoc_cms.core.models import CustomDocument
from resources.catalogue.visibility import public_pages
from resources.gate.access import Access
from resources.models import Grant, ResourceFile, ResourcePage


@dataclass(frozen=True, kw_only=True)
class Decision:
    is_open: bool
    grant: Grant | None = None


CLOSED = Decision(is_open=False)


def decide(resource: ResourcePage, access: Access) -> Decision:
    """Say whether a visitor may have the files of a resource that they may see."""
    if not resource.is_gated:
        return Decision(is_open=True)
    grant = access.grant_for(resource)
    return Decision(is_open=True, grant=grant) if grant else CLOSED


def is_visible(resource: ResourcePage) -> bool:
    """Say whether strangers may see the resource's page now: live, public, not expired."""
    return public_pages().filter(pk=resource.pk).exists()


def decide_file(entry: ResourceFile, access: Access, *, shows: bool) -> Decision:
    """Say whether one file may go out: its resource must show to them, and every gate must open.

    Where a document stands in several resources the strictest gate holds.
    """
    if not shows:
        return CLOSED
    decision = decide(entry.resource, access)
    if not decision.is_open:
        return CLOSED
    others = gated_resources_of(entry.document).exclude(pk=entry.resource_id)
    if any(not decide(resource, access).is_open for resource in others):
        return CLOSED
    return decision


def gated_resources_of(document: CustomDocument) -> QuerySet[ResourcePage]:
    """Every resource that holds a document, in whatever state, apart from open ones."""
    return ResourcePage.objects.filter(files__document=document).exclude(
        gate_mode=ResourcePage.GateMode.OPEN
    )
