from django.http import HttpRequest
from django.urls import Resolver404
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.url_routing import RouteResult

from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText

FEED = "feed"


class ResourceIndexPage(BasePage):
    """The list of resources; its feed stands directly below it, wherever it is moved."""

    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    view_class = Doorway("resources.views.resource_list.ResourceIndexPageView")
    template = "resources/resource_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage", "resources.VideoPage"]
    max_count_per_parent = 1  # type: ignore[assignment]
    page_description = _("The list of all resources, with filters.")

    content_panels = [*BasePage.content_panels, FieldPanel("intro")]
    search_fields = [*BasePage.search_fields, SearchText("intro", boost=3)]

    class Meta:
        verbose_name = _("resource list")

    def route(self, request: HttpRequest, path_components: list[str]) -> RouteResult:
        if path_components == [FEED] and self.live:
            return RouteResult(self, kwargs={"is_feed": True})
        return super().route(request, path_components)

    def resolve_subpage(self, path: str) -> None:
        """Tell Wagtail's redirects, which ask before leading below a page, what is there."""
        if path.strip("/") != FEED:
            raise Resolver404

    def get_route_paths(self) -> list[str]:
        """Let a redirect be made for the feed too when the list moves."""
        return ["/", f"/{FEED}/"]
