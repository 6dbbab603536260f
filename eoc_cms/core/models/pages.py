"""What every page of the site has in common."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page

from eoc_cms.core.caching.page_cache import allow_caching
from eoc_cms.core.models.search_text import SearchText
from eoc_cms.core.models.site_settings import SiteSettings
from eoc_cms.core.pages.language import html_language
from eoc_cms.core.pages.sharing import share_description, share_image_url
from eoc_cms.core.pages.structured_data import breadcrumb_list, graph, site_parts


class BasePage(Page):
    """A page with what search engines and listings show of it.

    A stranger's copy of a page may be kept by our page cache; a page type whose
    answer depends on who asks decides for itself by overriding
    `is_same_for_everyone`.
    """

    listing_title = models.CharField(
        _("title in lists"),
        max_length=120,
        blank=True,
        help_text=_("A shorter title for cards and menus. Leave it empty to use the page title."),
    )
    listing_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("image in lists"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    social_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown when the page is shared. Without one, the image in lists is used."),
    )

    promote_panels = [
        *Page.promote_panels,
        MultiFieldPanel(
            [
                FieldPanel("listing_title"),
                FieldPanel("listing_image"),
                FieldPanel("social_image"),
            ],
            heading=_("How it looks in lists and when shared"),
        ),
    ]
    search_fields = [
        *Page.search_fields,
        SearchText("title"),
        SearchText("listing_title", boost=3),
        SearchText("search_description", boost=3),
    ]

    allowed_methods: tuple[str, ...] = ("GET", "HEAD")

    class Meta:
        abstract = True

    @property
    def card_title(self) -> str:
        return self.listing_title or self.title

    @property
    def has_expired(self) -> bool:
        """Expiry holds by the clock, also when no job has unpublished the page yet."""
        return self.expire_at is not None and self.expire_at <= timezone.now()

    def is_same_for_everyone(self, request: HttpRequest) -> bool:
        return not self.get_view_restrictions().exists()

    def is_kept_address(self, request: HttpRequest) -> bool:
        """Say whether the page cache may keep the answer to this address.

        Anybody can make up queries, so only a page type that knows its own lets
        them be kept: else strangers could fill the cache.
        """
        return not request.META.get("QUERY_STRING")

    def next_change_at(self) -> datetime | None:
        """When this page will look different without anybody editing it.

        Any page may show a card of or a link to any other, so the next expiry of all counts.
        """
        ahead = Page.objects.live().filter(expire_at__gt=timezone.now())
        moment: datetime | None = ahead.aggregate(next=models.Min("expire_at"))["next"]
        return moment

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["canonical_url"] = self.get_full_url(request)
        context["meta_description"] = share_description(self)
        context["social_image_url"] = share_image_url(self, SiteSettings.for_request(request))
        context["structured_data"] = graph(self.structured_data(request))
        context["language_versions"] = self.language_versions(request)
        return context

    def language_versions(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the published versions of this page, itself among them, where it has others."""
        versions = self.get_translations(inclusive=True).live().public().select_related("locale")
        if len(versions) < 2:
            return []
        return [
            {
                "language": html_language(page.locale.language_code),
                "url": page.get_full_url(request) or "",
            }
            for page in versions
        ]

    def structured_data(self, request: HttpRequest) -> list[dict[str, Any]]:
        """Override point: what search engines are told of the page, part by part."""
        if self.depth is None or self.depth <= 2:
            return site_parts(
                SiteSettings.for_request(request), url=self.get_full_url(request) or ""
            )
        above = self.get_ancestors(inclusive=True).filter(depth__gt=1).live()
        trail = [
            (str(_("Home")) if page.depth == 2 else page.title, page.get_full_url(request) or "")
            for page in above
        ]
        return [breadcrumb_list(trail)]

    def get_sitemap_urls(self, request: HttpRequest | None = None) -> list[dict[str, Any]]:
        return [] if self.has_expired else super().get_sitemap_urls(request)

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.has_expired:
            raise Http404
        if request.method not in self.allowed_methods:
            return HttpResponseNotAllowed(self.allowed_methods)
        response = self.respond(request, *args, **kwargs)
        if self.is_kept_address(request) and self.is_same_for_everyone(request):
            allow_caching(response, until=self.next_change_at())
        return response

    def respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Override point for page types that answer more than a plain GET."""
        return super().serve(request, *args, **kwargs)
