import uuid

from django.core.files.storage import Storage, storages
from django.db import models
from django.utils.translation import gettext_lazy as _

FOLDER = "answers"


def private_storage() -> Storage:
    return storages["private"]


def secret_name(row: "SubmissionFile", _name: str) -> str:
    """Name a file so that it tells nothing and cannot be guessed."""
    return f"{FOLDER}/{row.key.hex}"


class SubmissionFile(models.Model):
    """A file that a visitor sent. Until its answer is sent it waits without a submission."""

    wagtail_reference_index_ignore = True

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    submission = models.ForeignKey(
        "forms_app.Submission",
        verbose_name=_("submission"),
        null=True,
        on_delete=models.CASCADE,
        related_name="files",
    )
    form_key = models.UUIDField(_("form"), editable=False)
    field_name = models.CharField(_("field"), max_length=255)
    file = models.FileField(_("file"), upload_to=secret_name, storage=private_storage)
    name = models.CharField(_("name"), max_length=255)
    size = models.PositiveBigIntegerField(_("size"))
    content_type = models.CharField(_("content type"), max_length=100)
    digest = models.CharField(max_length=64, editable=False)
    # From which network a file that waits was sent, as a keyed hash of its day; see keeping.
    network = models.CharField(max_length=64, blank=True, editable=False)
    created_at = models.DateTimeField(_("received"), auto_now_add=True, db_index=True)

    class Meta:
        verbose_name = _("file of a submission")
        verbose_name_plural = _("files of submissions")
        default_permissions = ()
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.name
