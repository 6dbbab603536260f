"""What a visitor sees after sending a form that opens nothing."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel, PageChooserPanel
from wagtail.fields import StreamField
from wagtail.models import Page

from eoc_cms.core.blocks import StoryBlock


class FormThanks(models.Model):
    thanks_title = models.CharField(_("thank-you title"), max_length=120, blank=True)
    thanks_body = StreamField(
        StoryBlock(),
        verbose_name=_("thank-you text"),
        blank=True,
        help_text=_("The receipt number is added by itself."),
    )
    thanks_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("or go to this page"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("In place of the text above, while the page is published."),
    )

    thanks_panel = MultiFieldPanel(
        [
            FieldPanel("thanks_title"),
            FieldPanel("thanks_body"),
            PageChooserPanel("thanks_page"),
        ],
        heading=_("Thank-you page"),
    )

    class Meta:
        abstract = True

    def visible_thanks_page(self) -> Page | None:
        """Return the chosen page while strangers may see it."""
        page = self.thanks_page
        if page is None or not page.live or page.get_view_restrictions().exists():
            return None
        specific: Page = page.specific
        return None if getattr(specific, "has_expired", False) else specific
