from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import Page


class LeftOutPart(models.Model):
    """A part of a published page that could not be shown when the page was asked for."""

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        Page, verbose_name=_("page"), on_delete=models.CASCADE, related_name="left_out_parts"
    )
    kind = models.CharField(_("kind"), max_length=16)
    name = models.CharField(_("name"), max_length=200)
    noted_at = models.DateTimeField(_("noted"), auto_now_add=True)

    class Meta:
        verbose_name = _("part left out")
        verbose_name_plural = _("parts left out")
        constraints = [
            models.UniqueConstraint(fields=("page", "kind", "name"), name="one_note_for_a_part")
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.name}"
