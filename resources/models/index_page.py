from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField
from wagtail.models import Page

from eoc_cms.core.models import BasePage
from resources.listing import visible_resources


class ResourceIndexPage(BasePage):
    intro = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])

    template = "resources/resource_index_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types = ["resources.ResourcePage", "resources.VideoPage"]
    max_count_per_parent = 1  # type: ignore[assignment]
    page_description = _("The list of all resources, with filters.")

    content_panels = [*Page.content_panels, FieldPanel("intro")]

    class Meta:
        verbose_name = _("resource list")

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from resources.cards import cards_for

        context = super().get_context(request, *args, **kwargs)
        context["resources"] = cards_for(visible_resources(under=self), request)
        return context
