"""What a page answers, apart from what it stores.

A page type has one view (`view_class`); one with more to answer than a plain GET, or with
more to show than its fields, has a class of its own. Wagtail asks the page, which asks here.
"""

from collections.abc import Mapping
from datetime import datetime
from typing import Generic, TypeVar

from django.db.models import Min
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.blocks.base import Context
from eoc_cms.core.caching.page_cache import allow_caching
from eoc_cms.core.models import BasePage
from eoc_cms.core.pages.language import html_language
from eoc_cms.core.pages.response import PageResponse
from eoc_cms.core.pages.sharing import share_description, share_image_url
from eoc_cms.core.pages.structured_data import Part, breadcrumb_list, graph, site_parts
from eoc_cms.core.site import settings_for

PageType = TypeVar("PageType", bound=BasePage)


class PageView(Generic[PageType]):
    """Answers for one page. A stranger's copy may be kept by our page cache.

    A page type whose answer depends on who asks says so in `is_same_for_everyone`.
    """

    allowed_methods: tuple[str, ...] = ("GET", "HEAD")
    # What is rendered may say no for reasons that end without anybody editing a page.
    may_be_kept = True
    # Whether it looks different for those who may open a guide.
    depends_on_access = False

    def __init__(self, page: PageType) -> None:
        self.page = page

    def serve(self, request: HttpRequest, **routed: object) -> HttpResponse:
        if self.page.has_expired:
            raise Http404
        if request.method not in self.allowed_methods:
            return HttpResponseNotAllowed(self.allowed_methods)
        response = self.respond(request, **routed)
        is_kept = self.may_be_kept and self.is_kept_address(request)
        if is_kept and self.is_same_for_everyone(request):
            until = self.next_change_at()
            allow_caching(response, until=until, depends_on_access=self.depends_on_access)
        return response

    def respond(self, request: HttpRequest, **routed: object) -> HttpResponse:
        """Override point for pages that answer more than a plain GET."""
        return self.render(request)

    def render(
        self,
        request: HttpRequest,
        also_shown: Mapping[str, object] | None = None,
        *,
        status: int | None = None,
    ) -> TemplateResponse:
        """Return the page's template with its context and what is shown beside it."""
        context = {**self.page.get_context(request), **(also_shown or {})}
        template = self.page.get_template(request)
        return PageResponse(self.page, request, template, context, status=status)

    def context(self, request: HttpRequest) -> Context:
        """Override point: what the template shows beside the page's fields."""
        settings = settings_for(request)
        return {
            "canonical_url": self.page.get_full_url(request),
            "meta_description": share_description(self.page),
            "social_image_url": share_image_url(self.page, settings),
            "structured_data": graph(self.structured_data(request)),
            "language_versions": self.language_versions(request),
        }

    def preview_context(self, request: HttpRequest, mode: str) -> Context:
        """Override point: what the editor's preview of one state shows besides."""
        return {}

    def is_same_for_everyone(self, request: HttpRequest) -> bool:
        return not self.page.get_view_restrictions().exists()

    def is_kept_address(self, request: HttpRequest) -> bool:
        """Say whether the page cache may keep the answer to this address.

        Anybody can make up queries, so only a page type that knows its own lets
        them be kept: else strangers could fill the cache.
        """
        return not request.META.get("QUERY_STRING")

    def next_change_at(self) -> datetime | None:
        """Return when this page will look different without anybody editing it.

        Any page may show a card of or a link to any other, so the next expiry of all counts.
        """
        ahead = Page.objects.live().filter(expire_at__gt=timezone.now())
        moment: datetime | None = ahead.aggregate(next=Min("expire_at"))["next"]
        return moment

    def structured_data(self, request: HttpRequest) -> list[Part]:
        """Override point: what search engines are told of the page, part by part."""
        page = self.page
        if page.depth is None or page.depth <= 2:
            settings = settings_for(request)
            return site_parts(settings, url=page.get_full_url(request) or "")
        above = page.get_ancestors(inclusive=True).filter(depth__gt=1).live()
        trail = [
            (str(_("Home")) if each.depth == 2 else each.title, each.get_full_url(request) or "")
            for each in above
        ]
        return [breadcrumb_list(trail)]

    def language_versions(self, request: HttpRequest) -> list[dict[str, str]]:
        """Return the published versions of this page, itself among them, where it has others."""
        every = self.page.get_translations(inclusive=True)
        versions = every.live().public().select_related("locale")
        if len(versions) < 2:
            return []
        return [
            {
                "language": html_language(version.locale.language_code),
                "url": version.get_full_url(request) or "",
            }
            for version in versions
        ]


def earliest(*moments: datetime | None) -> datetime | None:
    return min((moment for moment in moments if moment), default=None)
