import secrets
import uuid
from datetime import datetime

from django.db import models
from django.utils.formats import date_format
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.models import AbstractFormSubmission

from forms_app.models.form_version import FormVersion
from forms_app.models.person import Person
from forms_app.querysets import SubmissionQuerySet

LONGEST_NOTE = 2_000
# Without letters and digits that are read for one another, so that a receipt
# number survives a telephone call.
RECEIPT_ALPHABET = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


def new_receipt() -> str:
    """Return a receipt number such as EOC-7F3K-29QX-M4TD (about 59 random bits)."""
    groups = ["".join(secrets.choice(RECEIPT_ALPHABET) for _ in range(4)) for _ in range(3)]
    return "-".join(["EOC", *groups])


class Submission(AbstractFormSubmission):
    """One stored answer; it outlives the page it was sent from and the fields it answers.

    No IP address and no user agent is kept.
    """

    wagtail_reference_index_ignore = True

    class State(models.TextChoices):
        ACCEPTED = "accepted", _("Accepted")
        HELD = "held", _("Held as possible spam")

    # Wagtail deletes the answers with their page; ours stay (docs/data-protection.md).
    page = models.ForeignKey(  # type: ignore[assignment]
        "wagtailcore.Page",
        verbose_name=_("form page"),
        null=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    receipt = models.CharField(
        _("receipt number"), max_length=24, unique=True, default=new_receipt, editable=False
    )
    version = models.ForeignKey(
        FormVersion,
        verbose_name=_("form version"),
        on_delete=models.PROTECT,
        related_name="submissions",
    )
    form_key = models.UUIDField(_("form"), editable=False)
    person = models.ForeignKey(
        Person,
        verbose_name=_("person"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="submissions",
        db_index=False,  # the index of a person's answers in their order begins with it
    )
    source_page = models.ForeignKey(
        "wagtailcore.Page",
        verbose_name=_("sent from"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        db_index=False,  # as above
    )
    # As its sender typed it: where the mails about this answer go, whatever becomes of the form.
    email = models.EmailField(_("e-mail"), max_length=254, blank=True)
    source_title = models.CharField(_("sent from"), max_length=255, blank=True)
    language = models.CharField(_("language"), max_length=16, blank=True)
    state = models.CharField(
        _("state"), max_length=16, choices=State.choices, default=State.ACCEPTED
    )
    held_because = models.CharField(_("held because"), max_length=255, blank=True)
    is_starred = models.BooleanField(_("starred"), default=False)
    is_test = models.BooleanField(
        _("test"),
        default=False,
        help_text=_("Sent to try the form out: left out of counts and exports."),
    )
    note = models.TextField(_("note of staff"), blank=True, max_length=LONGEST_NOTE)
    repeat_key = models.CharField(max_length=64, unique=True, editable=False)
    search_text = models.TextField(editable=False, blank=True)

    objects = SubmissionQuerySet.as_manager()

    # What was given for it, known to the request that has stored it.
    given: models.Model | None = None

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        # Reading answers is a right apart from editing pages; nobody adds or
        # changes an answer by hand.
        default_permissions = ("view",)
        permissions = [
            ("export_submission", "Can export submissions"),
            ("erase_submission", "Can erase submissions"),
            ("put_aside_submission", "Can hold, release and mark submissions"),
        ]
        ordering = ["-submit_time", "-pk"]
        indexes = [
            models.Index(fields=["-submit_time", "-id"], name="submission_newest"),
            models.Index(fields=["form_key", "-submit_time"], name="submission_form_newest"),
            models.Index(fields=["person", "-submit_time"], name="submission_person_newest"),
            models.Index(fields=["source_page", "-submit_time"], name="submission_source_newest"),
            # Few of many, each in the order of its list.
            *[
                models.Index(fields=["-submit_time", "-id"], condition=condition, name=name)
                for name, condition in (
                    ("submission_held", models.Q(state="held")),
                    ("submission_starred", models.Q(is_starred=True)),
                    ("submission_test", models.Q(is_test=True)),
                )
            ],
        ]

    def __str__(self) -> str:
        return self.receipt

    def get_data(self) -> dict[str, object]:
        return {
            **self.form_data,
            "receipt": self.receipt,
            "submit_time": self.submit_time,
            "source_title": self.source_title,
        }

    @property
    def form_title(self) -> str:
        """The form's title when it was answered, also after the page is gone."""
        return self.version.title

    @property
    def state_in_words(self) -> str:
        state = self.get_state_display()
        return gettext("%(state)s, test") % {"state": state} if self.is_test else state

    def answers(self) -> dict[str, object]:
        """Return each answer by its field's name, in the order in which they were asked.

        PostgreSQL keeps the names of a JSON object in an order of its own.
        """
        asked = [name for name in self.version.questions if name in self.form_data]
        return {name: self.form_data[name] for name in dict.fromkeys([*asked, *self.form_data])}

    def shown_answers(self) -> list[tuple[str, str]]:
        """Return (label as it was asked, answer in words) for every field of the form."""
        labels, answers = self.version.labels(), self.answers_in_words()
        return [(labels.get(name, name), answer) for name, answer in answers.items()]

    def answers_in_words(self) -> dict[str, str]:
        """Return each answer as a person reads it, by its field's name and as it was asked."""
        kinds = {name: field.field_type for name, field in self.version.questions.items()}
        return {name: shown(value, kinds.get(name, "")) for name, value in self.answers().items()}


def shown(value: object, field_type: str = "") -> str:
    """Return a stored answer to a type of field as a person reads it."""
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if field_type in {"date", "datetime"} and (moment := _moment(str(value))):
        # As it stood on the wall; older answers have an offset behind it.
        style = "DATETIME_FORMAT" if field_type == "datetime" else "DATE_FORMAT"
        return date_format(moment.replace(tzinfo=None), style)
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None
