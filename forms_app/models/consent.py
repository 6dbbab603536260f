"""What somebody said to a question of consent, one fact after the other."""

import uuid

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from forms_app.models.person import Person
from forms_app.models.submission import Submission
from forms_app.querysets import ConsentQuerySet

LONGEST_NOTE = 255
# A consent is a form's question, which goes by its form and its field's name for ever.
ConsentKey = tuple[uuid.UUID, str]


class ConsentEvent(models.Model):
    """A yes or no to one consent, under the words that were shown; rows are never changed.

    What an answer says counts only while that answer is accepted and no test, so nothing
    of its state is kept here: `ConsentQuerySet` says what counts and what stands. A person
    is locked while one is added, so that keys rise in the order in which they spoke.
    """

    wagtail_reference_index_ignore = True

    class How(models.TextChoices):
        ANSWER = "answer", pgettext_lazy("consent", "With an answer")
        PERSON = "person", pgettext_lazy("consent", "On the page of their data")
        LINK = "link", pgettext_lazy("consent", "By the link in a mail")
        STAFF = "staff", pgettext_lazy("consent", "Recorded by staff")

    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        on_delete=models.CASCADE,
        related_name="consent_events",
        db_index=False,  # the index of what stands begins with it
    )
    form_key = models.UUIDField(_("form"), editable=False)
    field_name = models.CharField(max_length=255, editable=False)
    form_title = models.CharField(_("form"), max_length=255)
    label = models.TextField(_("consent"))
    wording = models.TextField(_("wording"))
    is_given = models.BooleanField(_("agreed"))
    # Whether anything earlier says otherwise. It makes an index of a few rows; what counts decides.
    is_change = models.BooleanField(default=False, editable=False)
    at = models.DateTimeField(_("since"))
    how = models.CharField(_("how"), max_length=8, choices=How.choices)
    submission = models.ForeignKey(
        Submission,
        verbose_name=_("submission"),
        null=True,
        on_delete=models.CASCADE,
        related_name="consent_events",
    )
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("recorded by"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The name stays when the account goes, so that the record still answers.
    username = models.CharField(_("recorded by"), max_length=150, blank=True)
    note = models.CharField(_("note of staff"), max_length=LONGEST_NOTE, blank=True)

    objects = ConsentQuerySet.as_manager()

    class Meta:
        verbose_name = _("consent")
        verbose_name_plural = _("consents")
        # To read them is the right to read people; to record one is a right of its own.
        default_permissions = ("add",)
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["person", "form_key", "field_name", "-id"], name="consent_stands"),
            models.Index(fields=["-at", "-id"], name="consent_newest"),
            models.Index(
                fields=["-at", "-id"], condition=models.Q(is_given=True), name="consent_given"
            ),
            models.Index(
                fields=["form_key", "field_name", "-at", "-id"],
                condition=models.Q(is_given=True),
                name="consent_given_to_form",
            ),
            models.Index(
                fields=["-at", "-id"],
                condition=models.Q(is_given=False, is_change=True),
                name="consent_taken_back",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.label}: {self.answer_in_words}"

    @property
    def key(self) -> ConsentKey:
        return (self.form_key, self.field_name)

    @property
    def is_withdrawn(self) -> bool:
        """Whether a yes was taken back, rather than a box left empty."""
        return not self.is_given and self.how != self.How.ANSWER

    @property
    def answer_in_words(self) -> str:
        if self.is_given:
            return gettext("yes")
        return gettext("withdrawn") if self.is_withdrawn else gettext("no")

    @property
    def how_in_words(self) -> str:
        how = self.get_how_display()
        return f"{how} ({self.username})" if self.username else how
