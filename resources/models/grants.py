import secrets
from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from forms_app.models import Person, Submission
from resources.querysets import GrantQuerySet


def new_grant_key() -> str:
    """Return 160 random bits in letters that need no escaping."""
    return secrets.token_hex(20)


class Grant(models.Model):
    """The right of one visitor to the files behind a gate, made by a submission.

    Or by a cohort code: it then has neither submission nor person nor form, and opens
    what the code opens.
    """

    wagtail_reference_index_ignore = True

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
    form_key = models.UUIDField(_("form"), null=True, db_index=True, editable=False)
    resource_id_granted = models.PositiveBigIntegerField(
        _("only this resource"), null=True, blank=True, db_index=True, editable=False
    )
    cohort_code = models.ForeignKey(
        "resources.CohortCode",
        verbose_name=_("code for members"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.PROTECT,
        related_name="grants",
    )
    # What was asked for, whatever else it opens.
    resource_id_asked = models.PositiveBigIntegerField(null=True, editable=False)
    resource_title = models.CharField(_("asked for on"), max_length=255, blank=True)
    # Opens nothing while its answer waits for staff as possible spam.
    is_held = models.BooleanField(_("held"), default=False)
    days = models.PositiveSmallIntegerField(_("for how many days"), default=180)
    created_at = models.DateTimeField(_("granted"), auto_now_add=True)
    expires_at = models.DateTimeField(_("until"), db_index=True)
    last_used_at = models.DateTimeField(_("last used"), null=True, blank=True)
    # Where the form gives its files by the link in the mail only: opening that link
    # proves that the address is the visitor's, and until then the grant opens nothing.
    needs_proof = models.BooleanField(_("opens by the mailed link only"), default=False)
    confirmed_at = models.DateTimeField(_("address proved"), null=True, blank=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True)

    objects = GrantQuerySet.as_manager()

    class Meta:
        verbose_name = _("grant")
        verbose_name_plural = _("grants")
        default_permissions = ("view", "change")
        ordering = ["-created_at", "-pk"]
        indexes = [
            models.Index(fields=["-created_at", "-id"], name="grant_newest"),
            models.Index(fields=["resource_title"], name="grant_title"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(form_key=None, cohort_code__isnull=False)
                | Q(form_key__isnull=False, cohort_code=None),
                name="grant_by_a_form_or_by_a_code",
            )
        ]

    def __str__(self) -> str:
        return self.resource_title or self.key[:8]

    def is_live(self, *, at: datetime | None = None) -> bool:
        moment = at or timezone.now()
        by_code = self.cohort_code
        if by_code and (by_code.revoked_at or by_code.expires_at <= moment):
            return False
        if self.is_held or (self.needs_proof and self.confirmed_at is None):
            return False
        return self.revoked_at is None and self.expires_at > moment

    @cached_property
    def resources_of_code(self) -> set[int]:
        """The keys of what its cohort code opens; without one, nothing."""
        if self.cohort_code is None:
            return set()
        return set(self.cohort_code.resources.values_list("pk", flat=True))
