"""What else a visitor's grants open: a few of it, and whether there is more."""

from dataclasses import dataclass

from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.pages.language import content_language
from resources.catalogue.visibility import visible_pages
from resources.gate.access import Access
from resources.models import ResourcePage

MOST_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class AlsoOpen:
    resources: list[ResourcePage]
    has_more: bool

    @property
    def shows(self) -> bool:
        """Whether all of it is still there, by the clock."""
        return not any(resource.has_expired for resource in self.resources)


_found = Remembered[AlsoOpen]()


def also_open(resource: ResourcePage, access: Access) -> AlsoOpen:
    """Return the newest of the other visible resources that the visitor's grants open."""
    if any(grant.cohort_code_id for grant in access.grants):
        return _find(resource, access)
    # Most visitors hold the same: a grant of one form, or of one resource.
    opened_by = {(grant.form_key, grant.resource_id_granted) for grant in access.grants}
    key = (resource.pk, content_language(), frozenset(opened_by))
    return _found.get(key, lambda: _find(resource, access), is_good=lambda found: found.shows)


def _find(resource: ResourcePage, access: Access) -> AlsoOpen:
    found = (
        ResourcePage.objects.filter(access.opens(), pk__in=visible_pages().values("pk"))
        .exclude(pk=resource.pk)
        .exclude(gate_mode=ResourcePage.GateMode.OPEN)
        .defer_streamfields()
        .order_by("-first_published_at", "-pk")
    )
    newest = list(found[: MOST_SHOWN + 1])
    return AlsoOpen(resources=newest[:MOST_SHOWN], has_more=len(newest) > MOST_SHOWN)
