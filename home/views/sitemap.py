"""The sitemap: every page that strangers may see, read by what stands in it and nothing more."""

from django.http import HttpRequest, HttpResponse
from wagtail.contrib.sitemaps import Sitemap
from wagtail.contrib.sitemaps.views import sitemap as sitemap_of
from wagtail.query import PageQuerySet

from eoc_cms.core.caching.page_cache import allow_caching
from resources.catalogue.visibility import next_expiry, public_pages

NEEDED = ("path", "depth", "url_path", "last_published_at", "latest_revision_created_at")


class PublicPages(Sitemap):
    """Names each page once, at its own address: no page type of ours has further ones."""

    def items(self) -> PageQuerySet:
        root = self.get_wagtail_site().root_page
        pages = public_pages().descendant_of(root, inclusive=True)
        return pages.order_by("path").only(*NEEDED)


def sitemap(request: HttpRequest) -> HttpResponse:
    response: HttpResponse = sitemap_of(request, {"pages": PublicPages})
    if not request.META.get("QUERY_STRING"):
        # It grows with the site, so it is kept like a page.
        allow_caching(response, until=next_expiry())
    return response
