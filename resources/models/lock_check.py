from datetime import timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

# Whoever walks gives up before: see resources/lock_check/running.py.
GIVEN_UP_AFTER = timedelta(minutes=10)


class LockCheck(models.Model):
    """The last walk over every way to a resource's files, and the one that is asked for."""

    class State(models.TextChoices):
        RESTING = "resting", _("nothing asked for")
        WAITING = "waiting", _("waiting for the worker")
        WALKING = "walking", _("being walked")

    resource = models.OneToOneField(
        "resources.ResourcePage",
        verbose_name=_("resource"),
        on_delete=models.CASCADE,
        related_name="lock_check",
    )
    state = models.CharField(
        _("state"), max_length=8, choices=State.choices, default=State.RESTING, db_index=True
    )
    language = models.CharField(_("language"), max_length=16, blank=True)
    asked_at = models.DateTimeField(_("asked for"), null=True, blank=True)
    started_at = models.DateTimeField(_("last started"), null=True, blank=True)
    ended_at = models.DateTimeField(_("last ended"), null=True, blank=True)
    done = models.PositiveSmallIntegerField(_("ways tried"), default=0)
    total = models.PositiveSmallIntegerField(_("ways to try"), default=0)
    # What the last walk that ended has found.
    findings = models.JSONField(_("findings"), default=list, blank=True)
    note = models.TextField(_("why no way was tried"), blank=True)
    error = models.TextField(_("why it could not be checked"), blank=True)

    class Meta:
        verbose_name = _("lock check")
        verbose_name_plural = _("lock checks")

    def __str__(self) -> str:
        return f"{self.resource_id}: {self.state}"

    @property
    def is_under_way(self) -> bool:
        """Whoever was stopped in the middle of a walk holds it up for some minutes only."""
        if self.state == self.State.WALKING and self.started_at:
            return self.started_at > timezone.now() - GIVEN_UP_AFTER
        return self.state == self.State.WAITING
