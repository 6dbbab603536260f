"""The words by which visitors narrow the list of resources."""

from django import forms
from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.search import index
from wagtail.snippets.models import register_snippet


class Label(index.Indexed, models.Model):
    name = models.CharField(_("name"), max_length=60, unique=True)
    slug = models.SlugField(
        _("in addresses"), max_length=60, unique=True, help_text=_("Such as school-boards.")
    )

    panels = [FieldPanel("name"), FieldPanel("slug")]
    search_fields = [index.SearchField("name"), index.AutocompleteField("name")]

    class Meta:
        abstract = True
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name


@register_snippet
class Topic(Label):
    class Meta(Label.Meta):
        verbose_name = _("topic")
        verbose_name_plural = _("topics")


@register_snippet
class Audience(Label):
    class Meta(Label.Meta):
        verbose_name = _("audience")
        verbose_name_plural = _("audiences")


def labels_panel() -> MultiFieldPanel:
    return MultiFieldPanel(
        [
            FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
            FieldPanel("topics", widget=forms.CheckboxSelectMultiple),
        ],
        heading=_("Who it is for, and topics"),
        help_text=_("Visitors narrow the list by these. New ones are made under Snippets."),
    )
