"""What every page of the site has in common."""

from datetime import datetime
from typing import Any

from django.db import models
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.models import Page
from wagtail.search import index

from eoc_cms.core.page_cache import allow_caching


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
    search_fields = [*Page.search_fields, index.SearchField("search_description")]

    allowed_methods = ("GET", "HEAD")

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

    def next_change_at(self) -> datetime | None:
        """When this page will look different without anybody editing it."""
        return self.expire_at

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context(request, *args, **kwargs)
        context["canonical_url"] = self.get_full_url(request)
        context["html_lang"] = (
            "en-US" if self.locale.language_code == "en" else (self.locale.language_code)
        )
        context["page_image"] = self.social_image or self.listing_image
        return context

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if self.has_expired:
            raise Http404
        if request.method not in self.allowed_methods:
            return HttpResponseNotAllowed(self.allowed_methods)
        response = self.respond(request, *args, **kwargs)
        if self.is_same_for_everyone(request):
            allow_caching(response, until=self.next_change_at())
        return response

    def respond(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Override point for page types that answer more than a plain GET."""
        return super().serve(request, *args, **kwargs)
