from django.db import models
from django.utils.translation import gettext_lazy as _


class AskedToday(models.Model):
    """How often one thing was asked for by one asker today; see eoc_cms.core.limits."""

    key = models.CharField(primary_key=True, max_length=64)
    day = models.DateField(db_index=True)
    count = models.PositiveIntegerField()

    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("count of today")
        verbose_name_plural = _("counts of today")
        default_permissions = ()

    def __str__(self) -> str:
        return self.key
