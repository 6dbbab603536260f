"""What a form showed at one time, kept with every answer to it."""

import hashlib
import json
import re
import uuid
from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from django.apps import apps
from django.db import models, transaction
from django.db.models import Count, Exists, OuterRef
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.caching.generation import start_new_generation
from eoc_cms.core.caching.remembered import Remembered
from eoc_cms.core.keys import read_uuid
from forms_app.models.asked_field import AskedField

MAX_DIGEST_LENGTH = 64
DIGEST = re.compile(r"[0-9a-f]{64}")


class ShownForm(Protocol):
    """What a version needs to know of a form page."""

    title: str
    intro: str
    submit_label: str

    @property
    def key(self) -> uuid.UUID: ...

    @property
    def shown_privacy_note(self) -> str: ...

    def asked_fields(self) -> Iterable[AskedField]: ...


_stored = Remembered["FormVersion | None"]()


class FormVersionManager(models.Manager["FormVersion"]):
    def shown_by(self, form_page: ShownForm) -> "FormVersion":
        """Return what a form page shows now, without storing it."""
        version = FormVersion(
            form_key=form_page.key,
            title=form_page.title,
            intro=form_page.intro,
            privacy_note=form_page.shown_privacy_note,
            submit_label=form_page.submit_label,
            fields=[field.stored() for field in form_page.asked_fields()],
        )
        version.digest = version.made_digest()
        return version

    def kept(self, shown: "FormVersion") -> "FormVersion":
        """Return the stored row of a version, making it where there is none."""
        key = (shown.form_key, shown.digest)
        stored = _stored.get(key, self.filter(form_key=shown.form_key, digest=shown.digest).first)
        if stored:
            return stored
        words = ("title", "intro", "privacy_note", "submit_label", "fields")
        version, is_new = self.get_or_create(
            form_key=shown.form_key,
            digest=shown.digest,
            defaults={name: getattr(shown, name) for name in words},
        )
        if is_new:
            # Until it is committed nobody remembers a row that may be taken back.
            transaction.on_commit(start_new_generation)
        return version

    def answered(self) -> models.QuerySet["FormVersion"]:
        """Return the versions that somebody has answered."""
        answers = apps.get_model("forms_app", "Submission")._default_manager
        return self.filter(Exists(answers.filter(version=OuterRef("pk"))))

    def with_key(self, key: str) -> "FormVersion | None":
        """Return the version that the hidden input of a form names, or None."""
        form_key, digest = read_uuid(key.partition(".")[0]), key.partition(".")[2]
        if form_key is None or not DIGEST.fullmatch(digest):
            return None
        return self.filter(form_key=form_key, digest=digest).first()

    def answers_by_field(self, form_key: uuid.UUID) -> Counter[str]:
        """Return how many answers were given while each field was asked, by the field's name."""
        counts: Counter[str] = Counter()
        for version in self.filter(form_key=form_key).annotate(given=Count("submissions")):
            for name in version.labels():
                counts[name] += version.given
        return counts


class FormVersion(models.Model):
    """What a form page showed at one time, word for word.

    Rows are never changed. They are made when a form is published, so that an answer can
    name what its visitor saw. A form that is edited and edited back shares the row of its
    earlier self, since the digest of the same words is the same.
    """

    form_key = models.UUIDField(_("form"), db_index=True, editable=False)
    digest = models.CharField(max_length=MAX_DIGEST_LENGTH, editable=False)
    title = models.CharField(_("form title"), max_length=255)
    intro = models.TextField(_("introduction"), blank=True)
    privacy_note = models.TextField(_("what happens with the answers"), blank=True)
    submit_label = models.CharField(_("words on the button"), max_length=40, blank=True)
    fields = models.JSONField(_("fields"))
    created_at = models.DateTimeField(_("first used"), auto_now_add=True, db_index=True)

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

    @property
    def key(self) -> str:
        """What names this version in the form that a visitor sends."""
        return f"{self.form_key.hex}.{self.digest}"

    @cached_property
    def asked(self) -> tuple[AskedField, ...]:
        """Every field as it was shown, the words between the questions too."""
        return tuple(AskedField.read(stored) for stored in self.fields)

    @cached_property
    def questions(self) -> dict[str, AskedField]:
        """Each question as it was asked, by its field's name and in the form's order."""
        return {field.clean_name: field for field in self.asked if field.is_question}

    @property
    def email_field_name(self) -> str:
        """The field that says who answers: the first e-mail field; an empty text without one."""
        names = (name for name, field in self.questions.items() if field.field_type == "email")
        return next(names, "")

    def labels(self) -> dict[str, str]:
        """Return the label of each question as it was asked, by the field's name."""
        return {name: field.label for name, field in self.questions.items()}

    def made_digest(self) -> str:
        """Return the SHA-256 of all that is shown, the same for the same words."""
        words = [self.title, self.intro, self.privacy_note, self.submit_label, self.fields]
        text = json.dumps(words, sort_keys=True, ensure_ascii=False)
        return hashlib.sha256(text.encode()).hexdigest()
