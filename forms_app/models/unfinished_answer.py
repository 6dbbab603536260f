"""An answer on its way through a form of several steps, until it is sent."""

from datetime import timedelta

from django.db import models
from django.utils.translation import gettext_lazy as _

from forms_app.models.form_version import FormVersion
from forms_app.models.submission import Submission

# After the last step that was sent.
KEPT_FOR = timedelta(hours=24)


class UnfinishedAnswer(models.Model):
    """What somebody has typed on the steps of a form, under the random key in their address.

    Nobody else knows the key. The row is emptied when the answer is sent, and goes a day
    after the last step.
    """

    wagtail_reference_index_ignore = True

    key = models.CharField(max_length=64, unique=True, editable=False)
    version = models.ForeignKey(FormVersion, on_delete=models.CASCADE, related_name="+")
    page = models.ForeignKey(
        "wagtailcore.Page", null=True, on_delete=models.SET_NULL, related_name="+"
    )
    # Lists of texts by the names of the form's inputs, as a browser sends them.
    data = models.JSONField(default=dict)
    # What to say when the step is shown next: on files, on changes, on what has no place.
    told = models.JSONField(default=dict)
    submission = models.ForeignKey(
        Submission, null=True, on_delete=models.CASCADE, related_name="+"
    )
    touched_at = models.DateTimeField(auto_now=True, db_index=True)

    class Meta:
        verbose_name = _("unfinished answer")
        verbose_name_plural = _("unfinished answers")
        default_permissions = ()

    def __str__(self) -> str:
        return self.version.title
