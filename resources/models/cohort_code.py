"""Codes that open chosen resources without the form, for members and at convenings.

Its uses are counted; who used it is not recorded.
"""

import secrets
import unicodedata
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from resources.querysets import CohortCodeQuerySet

# Crockford's base 32: 16 letters of 5 bits each make 80 random bits. The letters that
# it leaves out for looking like another are read as that other one.
LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
LOOKALIKES = str.maketrans("OIL", "011")
LENGTH = 16
GROUP = 4
# Nobody types more, however many spaces stand between; the rest need not be looked at.
LONGEST_TYPED = 200
# Spaces, dashes and what programs hide between letters.
IGNORED = {"Zs", "Zl", "Zp", "Pd", "Cc", "Cf"}


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _position in range(LENGTH))


def read_code(typed: str) -> str | None:
    """Return a code as it is stored, however it was typed, or None where it is no code."""
    text = unicodedata.normalize("NFKC", typed[:LONGEST_TYPED]).upper().replace("\u2212", "")
    code = "".join(char for char in text if unicodedata.category(char) not in IGNORED)
    code = code.translate(LOOKALIKES)
    return code if len(code) == LENGTH and set(code) <= set(LETTERS) else None


class CohortCode(models.Model):
    name = models.CharField(
        _("name"),
        max_length=120,
        help_text=_("For staff only, such as “Atlanta convening” or “Members 2027”."),
    )
    # Kept readable: staff repeat it to members who have lost it.
    code = models.CharField(
        _("code"), max_length=LENGTH, unique=True, default=new_code, editable=False
    )
    resources = models.ManyToManyField(
        "resources.ResourcePage",
        verbose_name=_("what it opens"),
        related_name="+",
        help_text=_("Whoever has the code gets the files of these, without the form."),
    )
    expires_at = models.DateTimeField(
        _("until"), help_text=_("From then on nothing is open by this code.")
    )
    limit = models.PositiveIntegerField(
        _("at most"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("How many devices may use it. Leave it empty for no limit."),
    )
    uses = models.PositiveIntegerField(_("used"), default=0, editable=False)
    revoked_at = models.DateTimeField(_("revoked"), null=True, blank=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("made by"),
        null=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    created_at = models.DateTimeField(_("made"), auto_now_add=True)

    objects = CohortCodeQuerySet.as_manager()

    class Meta:
        verbose_name = _("code for members")
        verbose_name_plural = _("codes for members")
        # Never deleted, so that what it opened stays on record: it is revoked.
        default_permissions = ("view", "add", "change")
        ordering = ["-created_at", "-pk"]

    def __str__(self) -> str:
        return self.name

    def save(self, *, update_fields: Iterable[str] | None = None, **options: Any) -> None:
        """Store it; a change leaves the count and the revocation, which go on meanwhile."""
        if update_fields is None and not self._state.adding:
            update_fields = {field.name for field in self._meta.concrete_fields} - {
                *("id", "uses", "revoked_at")
            }
        super().save(update_fields=update_fields, **options)

    @property
    def written(self) -> str:
        """The code in groups, as it is told and printed."""
        return "-".join(self.code[at : at + GROUP] for at in range(0, LENGTH, GROUP))

    @property
    def link(self) -> str:
        return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('cohort_code', args=[self.written])}"

    @property
    def form_address(self) -> str:
        """Where the code is typed."""
        return f"{settings.WAGTAILADMIN_BASE_URL}{reverse('enter_code')}"

    @property
    def state(self) -> str:
        if self.revoked_at:
            return str(_("Revoked"))
        if self.expires_at <= timezone.now():
            return str(_("Ended"))
        is_used_up = self.limit is not None and self.uses >= self.limit
        return str(_("Used up")) if is_used_up else str(_("Open"))
