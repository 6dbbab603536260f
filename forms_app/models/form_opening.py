"""When a form takes answers, and how many."""

from datetime import datetime

from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _t
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, MultiFieldPanel

from forms_app.models.submission import Submission
from forms_app.querysets import SubmissionQuerySet


class FormOpening(models.Model):
    opens_at = models.DateTimeField(_("opens"), null=True, blank=True)
    closes_at = models.DateTimeField(_("closes"), null=True, blank=True)
    max_answers = models.PositiveIntegerField(
        _("most answers in all"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("Such as the places at an event. Leave it empty for no limit."),
    )
    max_per_person = models.PositiveSmallIntegerField(
        _("most answers from one e-mail address"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1)],
        help_text=_("One more is kept for you to look at and is not refused."),
    )
    closed_text = models.TextField(
        _("words while it is closed"),
        blank=True,
        max_length=500,
        help_text=_("Shown in place of the form. Leave it empty to say since when it is closed."),
    )

    opening_panel = MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("opens_at"), FieldPanel("closes_at")]),
            FieldRowPanel([FieldPanel("max_answers"), FieldPanel("max_per_person")]),
            FieldPanel("closed_text"),
        ],
        heading=_("When it is open, and for how many"),
    )

    class Meta:
        abstract = True

    def closed_notice(self) -> str:
        """Say in words why the form takes no answers now; an empty text when it does."""
        return self.closed_by_date() or self._full_notice()

    def closed_by_date(self) -> str:
        """Say in words that the form is not open yet, or not any more; an empty text else."""
        now = timezone.now()
        if self.opens_at and now < self.opens_at:
            return _t("This form opens on %(day)s.") % {"day": in_words(self.opens_at)}
        if self.closes_at and now >= self.closes_at:
            day = {"day": in_words(self.closes_at)}
            return self.closed_text or _t("This form closed on %(day)s.") % day
        return ""

    def _full_notice(self) -> str:
        if not self.is_full():
            return ""
        return self.closed_text or _t("All places are taken, so this form is closed.")

    def is_full(self) -> bool:
        return self.max_answers is not None and self._counted().count() >= self.max_answers

    def reason_beyond_limit(self, email: str) -> str:
        """Return why an answer is one too many, or an empty text; call it in a transaction.

        Such an answer is kept for staff to decide. To refuse it would lose what was
        typed and would tell anybody which addresses have answered.
        """
        if self.max_answers is None and self.max_per_person is None:
            return ""
        # Whoever comes next waits here until this answer is stored, on pages that mirror it too.
        same = type(self)._default_manager.filter(form_key=self.key)  # type: ignore[attr-defined, misc]
        list(same.select_for_update().values_list("pk"))
        if self.is_full():
            return _t("All places had been taken a moment before.")
        if email and self.has_answered_enough(email):
            return _t("This address has answered as often as the form allows.")
        return ""

    def has_answered_enough(self, email: str) -> bool:
        """Say whether as many answers as one person may give have come from an address."""
        if self.max_per_person is None:
            return False
        given = self._counted().filter(person__email=email).count()
        return given >= self.max_per_person

    def _counted(self) -> SubmissionQuerySet:
        return Submission.objects.to_form(self.key).counted()  # type: ignore[attr-defined]

    def next_opening_change(self) -> datetime | None:
        """When the form opens or closes next, so that no copy of its page outlives that."""
        now = timezone.now()
        moments = (self.opens_at, self.closes_at)
        return min((moment for moment in moments if moment and moment > now), default=None)


def in_words(moment: datetime) -> str:
    """Return a moment in the site's time zone, which it names."""
    local = timezone.localtime(moment)
    return f"{date_format(local, 'DATETIME_FORMAT')} {local.tzname()}"
