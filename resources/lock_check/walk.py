"""Walk all roads to a resource, or only those that concern it."""

from collections.abc import Callable
from dataclasses import dataclass

from django.utils.translation import gettext as _

from resources.lock_check import bucket_roads, file_roads, inside_roads, page_roads
from resources.lock_check.findings import Finding
from resources.lock_check.stranger import SiteStranger, Stranger
from resources.lock_check.target import Target, target_of
from resources.models import ResourcePage

Road = Callable[[Target, Stranger], Finding]

# To add a road, write a function of this kind and name it here.
FILE_ROADS: tuple[Road, ...] = (
    file_roads.download_address,
    file_roads.other_methods,
    file_roads.conditions,
    file_roads.forged_cookie,
    file_roads.forged_link,
    file_roads.document_address,
    file_roads.media_address,
    file_roads.staff_address,
    page_roads.tricks,
    page_roads.headers,
)
PAGE_ROADS: tuple[Road, ...] = (
    page_roads.page,
    page_roads.lists,
    page_roads.feed,
    page_roads.sitemap,
    page_roads.search,
    page_roads.side_doors,
)
INSIDE_ROADS: tuple[Road, ...] = (
    inside_roads.other_resources,
    inside_roads.public_mark,
    inside_roads.storage_address,
    bucket_roads.bucket_address,
    inside_roads.place,
    inside_roads.serving_view,
)
ROADS = (*PAGE_ROADS, *FILE_ROADS, *INSIDE_ROADS)
# A page that is not public is closed, also where its gate is open.
HIDDEN_ROADS: tuple[Road, ...] = (page_roads.hidden_page, file_roads.download_address)


@dataclass(frozen=True)
class Report:
    resource: ResourcePage
    findings: tuple[Finding, ...] = ()
    # Why no road was walked.
    note: str = ""

    @property
    def open_roads(self) -> list[Finding]:
        return [finding for finding in self.findings if not finding.is_closed]


def check_resource(
    resource: ResourcePage,
    stranger: Stranger | None = None,
    tell: Callable[[int, int], object] = lambda done, total: None,
) -> Report:
    """Try every road to a resource's files as somebody the site does not know.

    Changes nothing and counts no download. `tell` hears after each road how many of all are
    walked. Raises SiteUnreachableError.
    """
    target = target_of(resource)
    if note := _nothing_to_check(target):
        return Report(resource, note=note)
    roads = ROADS if target.is_gated else HIDDEN_ROADS
    stranger = stranger or SiteStranger()
    findings = []
    for road in roads:
        findings.append(road(target, stranger))
        tell(len(findings), len(roads))
    return Report(resource, tuple(findings))


def _nothing_to_check(target: Target) -> str:
    if not target.files:
        return _("There is no file yet, so there is nothing to lock.")
    if target.is_visible and not target.is_gated:
        return _("The gate is open: everybody may have the files, so there is nothing to check.")
    return ""
