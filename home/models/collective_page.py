from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from eoc_cms.core.blocks import StoryBlock
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText


class CollectivePage(BasePage):
    """The Collective's story: how it began, what members do, why join."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("picture"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    body = StreamField(
        StoryBlock(),
        verbose_name=_("story"),
        blank=True,
        help_text=_("Add a timeline, people, statistics, quotes, a video, a call to action."),
    )

    template = "home/collective_page.html"
    parent_page_types = ["home.HomePage"]
    subpage_types: list[str] = []
    max_count_per_parent = 1  # type: ignore[assignment]
    page_description = _("The Collective's story, with its timeline.")

    content_panels = [
        *BasePage.content_panels,
        FieldPanel("introduction"),
        FieldPanel("image"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        SearchText("introduction", boost=3),
        SearchText("body"),
    ]

    class Meta:
        verbose_name = _("story of the Collective")
