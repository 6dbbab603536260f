"""Cards of resources: those an editor chose, or the newest.

The resources app stands above this one, so its page types are named and looked
up only when they are needed. Pages, files and pictures are each fetched for all
cards at once, so the number of queries does not grow with them.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks import StructBlockValidationError
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from eoc_cms.core.blocks.base import ACTION, BlockValue, ContentBlock, Context, title_level
from eoc_cms.core.blocks.worded import ListBlock

PAGE_TYPES = ["resources.ResourcePage", "resources.VideoPage"]
# What a card shows from other tables; a page type takes part where it has the field.
RELATIONS = (
    "files__document",
    "cover__renditions",
    "poster__renditions",
    "listing_image__renditions",
)


@dataclass(frozen=True, kw_only=True)
class ResourceCard:
    """What `includes/resource_card.html` shows of a page."""

    title: str
    url: str
    summary: str = ""
    cover: AbstractImage | None = None
    cover_seed: int = 0
    format_label: str = ""
    length_label: str = ""
    is_gated: bool = False

    @classmethod
    def of(cls, page: Any, context: Context) -> "ResourceCard":
        return cls(
            title=page.card_title,
            url=page.get_url(context.get("request")) or "",
            summary=page.summary,
            cover=page.listing_image or page.cover,
            cover_seed=page.cover_seed,
            format_label=str(page.format_label),
            length_label=page.length_label,
            is_gated=page.is_gated,
        )


SAMPLE_CARDS = [
    ResourceCard(title="Empowering Equity Officers", url="#", format_label="PDF", is_gated=True),
    ResourceCard(
        title="A Roadmap for the First Few Years", url="#", format_label="PDF", cover_seed=1
    ),
    ResourceCard(title="Members convene in Atlanta", url="#", format_label="Video", cover_seed=2),
]


def visible_page_ids(*, chosen: list[int], latest: int) -> list[int]:
    """Return the ids of pages that a stranger may see: the chosen in order, else the newest."""
    not_expired = Q(expire_at=None) | Q(expire_at__gt=timezone.now())
    models = [apps.get_model(name) for name in PAGE_TYPES]
    pages = Page.objects.type(*models).live().public().filter(not_expired)
    if chosen:
        visible = set(pages.filter(pk__in=chosen).values_list("pk", flat=True))
        return [pk for pk in dict.fromkeys(chosen) if pk in visible]
    newest = pages.order_by("-first_published_at", "-pk")
    return list(newest.values_list("pk", flat=True)[:latest])


def load_pages(ids: Iterable[int]) -> list[Page]:
    """Return the pages as themselves, in this order, with what their cards need."""
    ids = list(ids)
    found: dict[int, Page] = {}
    for name in PAGE_TYPES if ids else []:
        model: Any = apps.get_model(name)
        fields = {field.name for field in model._meta.get_fields()}
        relations = [path for path in RELATIONS if path.partition("__")[0] in fields]
        found.update(model.objects.prefetch_related(*relations).in_bulk(ids))
    return [found[pk] for pk in ids if pk in found]


class ResourceCardsBlock(ContentBlock):
    heading = blocks.CharBlock(label=_("Heading"), required=False, max_length=120)
    pages = ListBlock(
        blocks.PageChooserBlock(PAGE_TYPES, label=_("Resource")),
        label=_("Chosen resources"),
        min_num=0,
        max_num=12,
        default=[],
        help_text=_("In the order in which they are shown. Choose none to show the newest."),
    )
    latest = blocks.IntegerBlock(
        label=_("How many of the newest"),
        default=3,
        required=False,
        min_value=1,
        max_value=12,
        help_text=_("Used when none are chosen. New resources then appear by themselves."),
    )

    class Meta:
        icon = "grip"
        label = _("Resource cards")
        group = ACTION
        description = _("Guides and videos with their covers: chosen by you, or the newest.")
        template = "blocks/resource_cards_block.html"
        preview_value = {"heading": "Two guides to begin with", "pages": [], "latest": 3}

    def clean(self, value: BlockValue) -> BlockValue:
        cleaned = super().clean(value)
        if self.is_deferred_validation or cleaned["pages"] or cleaned["latest"]:
            return cleaned
        message = _("Choose resources above, or say how many of the newest to show.")
        raise StructBlockValidationError({"latest": ValidationError(message)})

    def get_context(self, value: BlockValue, parent_context: Context | None = None) -> Context:
        context = super().get_context(value, parent_context)
        chosen = [page.pk for page in value["pages"] if page]
        was_chosen = len(value["pages"]) > 0
        latest = 0 if was_chosen else value["latest"] or 0
        ids = visible_page_ids(chosen=chosen, latest=latest) if chosen or latest else []
        cards = [ResourceCard.of(page, context) for page in load_pages(ids)]
        context["cards"] = cards or context.get("sample_cards", [])
        context["card_level"] = title_level(context) + bool(value["heading"])
        return context

    def get_preview_context(
        self, value: BlockValue, parent_context: Context | None = None
    ) -> Context:
        context = super().get_preview_context(value, parent_context)
        return {**context, "sample_cards": SAMPLE_CARDS}
