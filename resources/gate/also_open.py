"""What else a visitor's grants open: a few of it, and whether there is more."""

from dataclasses import dataclass

from resources.catalogue.visibility import visible_pages
from resources.gate.access import Access
from resources.models import ResourcePage

MOST_SHOWN = 5


@dataclass(frozen=True, kw_only=True)
class AlsoOpen:
    resources: list[ResourcePage]
    has_more: bool


def also_open(resource: ResourcePage, access: Access) -> AlsoOpen:
    """Return the newest of the other visible resources that the visitor's grants open."""
    found = (
        ResourcePage.objects.filter(access.opens(), pk__in=visible_pages().values("pk"))
        .exclude(pk=resource.pk)
        .exclude(gate_mode=ResourcePage.GateMode.OPEN)
        .defer_streamfields()
        .order_by("-first_published_at", "-pk")
    )
    newest = list(found[: MOST_SHOWN + 1])
    return AlsoOpen(resources=newest[:MOST_SHOWN], has_more=len(newest) > MOST_SHOWN)
