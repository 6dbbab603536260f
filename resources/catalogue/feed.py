"""The newest resources as RSS, for feed readers and other sites.

Holds what the cards show and nothing of any file: no name, address or size.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import datetime

from django.contrib.syndication.views import Feed
from django.db.models import prefetch_related_objects
from django.http import HttpRequest, HttpResponse
from django.utils.html import escape
from django.utils.translation import gettext as _
from wagtail.models import Page

from eoc_cms.core.pages.language import html_language
from eoc_cms.core.site import settings_for
from resources.catalogue.entries import Listed, load, stands_under
from resources.catalogue.ordering import DEFAULT_ORDER
from resources.models import ResourceIndexPage, ResourcePage, VideoPage

NEWEST = 20
# XML 1.0 cannot hold these, and one pasted into a summary would end the whole feed.
UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")


class ResourceFeed(Feed):
    def __init__(self, page: ResourceIndexPage, newest_first: Sequence[Listed]) -> None:
        self.page = page
        self.newest_first = newest_first
        self.language = html_language(page.locale.language_code)

    def __call__(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        self.request = request
        return super().__call__(request, *args, **kwargs)

    def title(self) -> str:
        name = settings_for(self.request).name
        return _fit(f"{name}: {self.page.title}")

    def description(self) -> str:
        return _fit(self.page.search_description or _("New guides, tools and videos."))

    def link(self) -> str:
        return self.page.get_full_url(self.request) or ""

    def items(self) -> Sequence[Listed]:
        return self.newest_first

    def item_title(self, item: Listed) -> str:
        # Readers take titles and descriptions for HTML, whatever they hold.
        return escape(_fit(item.title))

    def item_description(self, item: Listed) -> str:
        return escape(_fit(item.summary))

    def item_link(self, item: Listed) -> str:
        return item.get_full_url(self.request) or ""

    # Stays the same when the page moves, so that readers do not show it twice.
    item_guid_is_permalink = False

    def item_guid(self, item: Listed) -> str:
        return str(item.translation_key.urn)

    def item_pubdate(self, item: Listed) -> datetime | None:
        return item.first_published_at

    def item_updateddate(self, item: Listed) -> datetime | None:
        return item.last_published_at

    def item_categories(self, item: Listed) -> Iterable[str]:
        return [_fit(topic.name) for topic in item.topics.all()]


def newest_under(page: ResourceIndexPage) -> list[Listed]:
    """Return the newest of a list as the feed needs them."""
    pages = DEFAULT_ORDER.arrange(Page.objects.filter(stands_under(page)))
    found = load(pages.values_list("pk", flat=True)[:NEWEST])
    for model in (ResourcePage, VideoPage):
        prefetch_related_objects([page for page in found if isinstance(page, model)], "topics")
    return found


def _fit(text: str) -> str:
    return UNFIT.sub("", text)
