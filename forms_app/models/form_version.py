from typing import Any

from django.db import models
from django.utils.translation import gettext_lazy as _

from forms_app.field_types import WORDS_ONLY

MAX_DIGEST_LENGTH = 64


class FormVersion(models.Model):
    """What a form page asked at one time, word for word.

    Rows are never changed. A form page that is edited and edited back shares the
    row of its earlier self, since the digest of the same words is the same.
    """

    form_key = models.UUIDField(_("form"), db_index=True, editable=False)
    digest = models.CharField(max_length=MAX_DIGEST_LENGTH, editable=False)
    title = models.CharField(_("form title"), max_length=255)
    fields = models.JSONField(_("fields"))
    created_at = models.DateTimeField(_("first used"), auto_now_add=True)

    class Meta:
        verbose_name = _("form version")
        verbose_name_plural = _("form versions")
        default_permissions = ()
        ordering = ["created_at", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "digest"], name="unique_form_version")
        ]

    def __str__(self) -> str:
        return self.title

    def labels(self) -> dict[str, str]:
        """Return the label of each question as it was asked, by the field's name."""
        return {
            field["name"]: field["label"]
            for field in self.fields
            if field.get("type") not in WORDS_ONLY
        }

    def field(self, name: str) -> dict[str, Any] | None:
        return next((field for field in self.fields if field["name"] == name), None)
