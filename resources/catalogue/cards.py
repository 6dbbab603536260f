"""Resources as they stand in lists: everything a card shows, fetched for all at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import prefetch_related_objects
from django.http import HttpRequest

from eoc_cms.core.models import CustomImage
from resources.catalogue.entries import Listed
from resources.models import ResourceIndexPage, ResourcePage, VideoPage


@dataclass(frozen=True, kw_only=True)
class Card:
    title: str
    url: str
    summary: str
    cover: CustomImage | None
    cover_seed: int
    format_label: str
    length_label: str
    topics: list[dict[str, str]]
    audiences: list[str]
    is_gated: bool


def cards_for(pages: Iterable[Listed], request: HttpRequest | None = None) -> list[Card]:
    """Return a card for each resource or video; the queries do not grow with their number."""
    pages = list(pages)
    # A page that is previewed before it is first saved holds its relations itself.
    saved = [page for page in pages if page.pk]
    prefetch_related_objects(
        [page for page in saved if isinstance(page, ResourcePage)],
        "topics",
        "audiences",
        "files__document",
        "cover__renditions",
        "listing_image__renditions",
    )
    prefetch_related_objects(
        [page for page in saved if isinstance(page, VideoPage)],
        "topics",
        "audiences",
        "video_file",
        "poster__renditions",
        "listing_image__renditions",
    )
    return [_card(page, request) for page in pages]


def _card(page: Listed, request: HttpRequest | None) -> Card:
    url = page.get_url(request) or ""
    return Card(
        title=page.card_title,
        url=url,
        summary=page.summary,
        cover=page.listing_image or page.cover,
        cover_seed=page.cover_seed,
        format_label=str(page.format_label),
        length_label=page.length_label,
        topics=[
            {"title": topic.name, "url": f"{list_address_beside(url)}?topic={topic.slug}"}
            for topic in page.topics.all()
        ],
        audiences=[str(audience) for audience in page.audiences.all()],
        is_gated=page.is_gated,
    )


def list_address_beside(url: str) -> str:
    """Return where the list is that a resource of this address stands in."""
    # Resources stand directly under their list.
    return f"{url.rstrip('/').rpartition('/')[0]}/"


def resource_list_address(request: HttpRequest | None = None) -> str:
    """Return where the list of resources is, or an empty text where there is none."""
    page = ResourceIndexPage.objects.live().first()
    return page.get_url(request) or "" if page else ""
