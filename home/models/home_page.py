from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.fields import RichTextField, StreamField

from eoc_cms.core.blocks import StoryBlock
from eoc_cms.core.doorway import Doorway
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText


class HomePage(BasePage):
    headline = models.CharField(
        _("headline"),
        max_length=120,
        blank=True,
        help_text=_("The first thing people read. Leave it empty to use the page title."),
    )
    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    hero_image = models.ForeignKey(
        "core.CustomImage",
        verbose_name=_("picture beside the headline"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("button leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    lead_label = models.CharField(_("words on the button"), max_length=40, blank=True)
    second_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("quieter link beside it leads to"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    second_label = models.CharField(_("words of that link"), max_length=40, blank=True)
    resources_heading = models.CharField(
        _("heading above the newest guides"), max_length=80, blank=True
    )
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    view_class = Doorway("home.views.home.HomePageView")
    template = "home/home_page.html"
    parent_page_types = ["wagtailcore.Page"]
    subpage_types = [
        "home.CollectivePage",
        "home.StandardPage",
        "resources.ResourceIndexPage",
        "forms_app.FormPage",
    ]
    max_count_per_parent = 1  # type: ignore[assignment]
    page_description = _("The first page of the site.")

    guide_chapter = "the-whole-site"
    content_panels = [
        *BasePage.content_panels,
        MultiFieldPanel(
            [
                FieldPanel("headline"),
                FieldPanel("introduction"),
                FieldPanel("hero_image"),
                FieldPanel("lead_page"),
                FieldPanel("lead_label"),
                FieldPanel("second_page"),
                FieldPanel("second_label"),
            ],
            heading=_("Opening"),
        ),
        FieldPanel("resources_heading"),
        FieldPanel("body"),
    ]
    search_fields = [
        *BasePage.search_fields,
        SearchText("headline", boost=3),
        SearchText("introduction", boost=3),
        SearchText("body"),
    ]

    class Meta:
        verbose_name = _("home page")
