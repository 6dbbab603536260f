"""The rule: may these files go to this visitor? Every road asks here."""

import uuid
from dataclasses import dataclass

from django.db.models import Exists, OuterRef, QuerySet
from wagtail.models import PageViewRestriction

from eoc_cms.core.models import CustomDocument
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
    """Say whether strangers may see a resource's page, as it has just been read, now.

    The same as being among `public_pages`: live, not expired, and nothing above it is for
    some people only.
    """
    if not resource.live or resource.has_expired:
        return False
    ends = range(resource.steplen, len(resource.path) + 1, resource.steplen)
    above = [resource.path[:end] for end in ends]
    return not PageViewRestriction.objects.filter(page__path__in=above).exists()


def file_with_key(key: uuid.UUID) -> ResourceFile | None:
    """Return a file with its resource, its form and whether its document stands elsewhere too."""
    same = ResourceFile.objects.filter(document=OuterRef("document"))
    elsewhere = Exists(same.exclude(resource=OuterRef("resource")))
    files = ResourceFile.objects.annotate(stands_elsewhere=elsewhere)
    # Ordering what is one at the most costs a tenth of a download.
    found = files.select_related("document", "resource__gate_form").order_by().filter(key=key)
    return next(iter(found), None)


def decide_file(entry: ResourceFile, access: Access, *, shows: bool) -> Decision:
    """Say whether one file may go out: its resource must show to them, and every gate must open.

    Where a document stands in several resources the strictest gate holds.
    """
    if not shows:
        return CLOSED
    decision = decide(entry.resource, access)
    if not decision.is_open:
        return CLOSED
    # Asked unless whoever read the file knows that there is nothing to ask.
    if getattr(entry, "stands_elsewhere", True):
        others = gated_resources_of(entry.document).exclude(pk=entry.resource_id)
        if any(not decide(resource, access).is_open for resource in others):
            return CLOSED
    return decision


def gated_resources_of(document: CustomDocument) -> QuerySet[ResourcePage]:
    """Every resource that holds a document, in whatever state, apart from open ones."""
    return ResourcePage.objects.filter(files__document=document).exclude(
        gate_mode=ResourcePage.GateMode.OPEN
    )
