from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class ErasureRecord(models.Model):
    """One person erased: who did it, when, and how much. Nothing says whom."""

    class Reason(models.TextChoices):
        STAFF = "staff", _("By staff")
        PERSON = "person", _("By the person")

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The name stays when the account goes, so that the record still answers.
    username = models.CharField(_("who"), max_length=150, blank=True)
    reason = models.CharField(_("how"), max_length=8, choices=Reason.choices)
    counts = models.JSONField(_("what was erased"), default=dict)
    erased_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("erasure")
        verbose_name_plural = _("erasures")
        default_permissions = ()
        ordering = ["-erased_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.erased_at:%Y-%m-%d %H:%M}"


class ErasedTally(models.Model):
    """How many answers to a form of one month have been erased, so that totals stay true."""

    form_key = models.UUIDField(_("form"), editable=False)
    form_title = models.CharField(_("form title"), max_length=255)
    month = models.DateField(_("month they were sent in"))
    count = models.PositiveIntegerField(_("erased answers"), default=0)

    class Meta:
        verbose_name = _("erased answers")
        verbose_name_plural = _("erased answers")
        default_permissions = ()
        ordering = ["-month", "form_title"]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "month"], name="tally_of_a_form_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.form_title}, {self.month:%Y-%m}"
