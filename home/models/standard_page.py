from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.fields import RichTextField, StreamField

from eoc_cms.core.blocks import StoryBlock
from eoc_cms.core.models import BasePage
from eoc_cms.core.models.search_text import SearchText


class StandardPage(BasePage):
    """A page of text: privacy, accessibility, about."""

    introduction = RichTextField(_("introduction"), blank=True, features=["bold", "italic", "link"])
    body = StreamField(StoryBlock(), verbose_name=_("body"), blank=True)

    template = "home/standard_page.html"
    parent_page_types = ["home.HomePage", "home.StandardPage"]
    subpage_types = ["home.StandardPage", "forms_app.FormPage"]
    page_description = _("A page of text, such as privacy or accessibility.")

    content_panels = [*BasePage.content_panels, FieldPanel("introduction"), FieldPanel("body")]
    search_fields = [
        *BasePage.search_fields,
        SearchText("introduction", boost=3),
        SearchText("body"),
    ]

    class Meta:
        verbose_name = _("text page")
