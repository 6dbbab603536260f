import secrets
from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from forms_app.models import Person, Submission
from resources.querysets import GrantQuerySet


def new_grant_key() -> str:
    """Return 160 random bits in letters that need no escaping."""
    return secrets.token_hex(20)


class Grant(models.Model):
    """The right of one visitor to the files behind a gate, made by a submission."""

    key = models.CharField(max_length=40, unique=True, default=new_grant_key, editable=False)
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("submission"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="grants",
    )
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="grants",
    )
    # Both keys are values and not relations, so that deleting a page leaves the
    # record of what was granted.
    form_key = models.UUIDField(_("form"), db_index=True, editable=False)
    resource_id_granted = models.PositiveBigIntegerField(
        _("only this resource"), null=True, blank=True, db_index=True, editable=False
    )
    resource_title = models.CharField(_("asked for on"), max_length=255, blank=True)
    created_at = models.DateTimeField(_("granted"), auto_now_add=True)
    expires_at = models.DateTimeField(_("until"), db_index=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        default_permissions = ("view", "change")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.resource_title or self.key[:8]

    def is_live(self, *, at: datetime | None = None) -> bool:
        return self.revoked_at is None and self.expires_at > (at or timezone.now())
