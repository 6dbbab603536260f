"""What a form asked at one time, kept with every answer to it."""

import hashlib
import json
import uuid
from collections import Counter
from typing import Any

from django.db import models
from django.db.models import Count
from django.utils.translation import gettext_lazy as _

from forms_app.field_types import WORDS_ONLY

MAX_DIGEST_LENGTH = 64


class FormVersionManager(models.Manager["FormVersion"]):
    def asked_now(self, form_page: Any) -> "FormVersion":
        """Return the row for what a form page asks now, making it at its first answer."""
        fields = form_page.described_fields()
        version, _created = self.get_or_create(
            form_key=form_page.form_key,
            digest=digest_of(fields),
            defaults={"title": form_page.title, "fields": fields},
        )
        return version

    def answers_by_field(self, form_key: uuid.UUID) -> Counter[str]:
        """Return how many answers were given while each field was asked, by the field's name."""
        counts: Counter[str] = Counter()
        for version in self.filter(form_key=form_key).annotate(given=Count("submissions")):
            for name in version.labels():
                counts[name] += version.given
        return counts


def digest_of(fields: list[dict[str, object]]) -> str:
    """Return the SHA-256 of the words of a form, the same for the same words."""
    text = json.dumps(fields, sort_keys=True, ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


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

    objects = FormVersionManager()

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

    def field(self, name: str) -> dict[str, object] | None:
        return next((field for field in self.fields if field["name"] == name), None)
