"""The resources that an editor chose to show at the end of another."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.admin.panels import MultipleChooserPanel, PageChooserPanel
from wagtail.models import Orderable

LISTED_TYPES = ["resources.ResourcePage", "resources.VideoPage"]
MAX_CHOSEN = 6


def related_panel() -> MultipleChooserPanel:
    return MultipleChooserPanel(
        "related",
        chooser_field_name="page",
        heading=_("Related resources"),
        label=_("resource"),
        max_num=MAX_CHOSEN,
        help_text=_(
            "In the order in which they are shown. Choose none to show what shares topics."
        ),
    )


class Relation(Orderable):
    page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        related_name="+",
    )

    panels = [PageChooserPanel("page", LISTED_TYPES)]

    class Meta(Orderable.Meta):
        abstract = True
        verbose_name = _("related resource")


class ResourceRelation(Relation):
    source = ParentalKey("resources.ResourcePage", on_delete=models.CASCADE, related_name="related")

    class Meta(Relation.Meta):
        pass


class VideoRelation(Relation):
    source = ParentalKey("resources.VideoPage", on_delete=models.CASCADE, related_name="related")

    class Meta(Relation.Meta):
        pass
