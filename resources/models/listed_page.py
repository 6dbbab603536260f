"""What everything that stands in the list of resources has in common."""

from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalManyToManyField

from eoc_cms.core.models import BasePage
from resources.models.index_page import FEED
from resources.models.sort_title import SortTitleField


class ListedPage(BasePage):
    audiences = ParentalManyToManyField(
        "resources.Audience", verbose_name=_("who it is for"), blank=True
    )
    topics = ParentalManyToManyField("resources.Topic", verbose_name=_("topics"), blank=True)
    sort_title = SortTitleField()

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.slug == FEED:
            raise ValidationError(
                {"slug": _("The list's news feed has this address. Choose another.")}
            )

    @property
    def cover_seed(self) -> int:
        return (self.pk or 0) % 6

    def own_change_at(self) -> datetime | None:
        """When this page's own card will look different without anybody editing it."""
        return self.expire_at
