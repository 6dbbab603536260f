"""What was done with answers: kept without anything of the answers."""

import uuid
from collections import Counter
from collections.abc import Iterable

from django.conf import settings
from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from eoc_cms.core.models import User


class AnswerActManager(models.Manager["AnswerAct"]):
    def note(
        self, kind: str, forms: Iterable[tuple[uuid.UUID, str]], user: User | None = None
    ) -> None:
        """Record what was done with answers, of each the key and the title of its form."""
        counts = Counter(forms)
        who = {"user": user, "username": user.get_username() if user else ""}
        self.bulk_create(
            AnswerAct(kind=kind, form_key=form_key, form_title=title, count=count, **who)
            for (form_key, title), count in sorted(counts.items(), key=str)
        )


class AnswerAct(models.Model):
    """One act that took answers from sight or from the database, or brought them back.

    It says who, when, to which form and how many, and nothing of the answers.
    """

    wagtail_reference_index_ignore = True

    class Kind(models.TextChoices):
        ERASED = "erased", _("Erased")
        PERSON_ERASED = "person", _("Erased with a person")
        TIME_OVER = "time_over", _("Erased since their time was over")
        HELD = "held", _("Held as possible spam")
        RELEASED = "released", _("Let through")
        MARKED = "marked", _("Marked as test")
        UNMARKED = "unmarked", _("No longer marked as test")

    kind = models.CharField(_("what"), max_length=12, choices=Kind.choices)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("who"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    # The name stays when the account goes, so that the record still answers.
    username = models.CharField(_("who"), max_length=150, blank=True)
    # Empty for what hangs on no form, such as the address of a person.
    form_key = models.UUIDField(_("form"), null=True, editable=False)
    form_title = models.CharField(_("form"), max_length=255, blank=True)
    count = models.PositiveIntegerField(_("answers"), default=0)
    done_at = models.DateTimeField(_("when"), auto_now_add=True, db_index=True)

    objects = AnswerActManager()

    class Meta:
        verbose_name = _("act")
        verbose_name_plural = _("what was done with answers")
        default_permissions = ("view",)
        ordering = ["-done_at", "-pk"]

    def __str__(self) -> str:
        return f"{self.get_kind_display()}, {self.done_at:%Y-%m-%d %H:%M}"

    @property
    def who(self) -> str:
        """The name of whoever did it; without an account, the person themselves or the site."""
        if self.username:
            return self.username
        if self.kind == self.Kind.PERSON_ERASED:
            return gettext("The person themselves")
        return gettext("The site by itself")


class ErasedTally(models.Model):
    """How many answers to a form of one month have been erased, so that totals stay true."""

    form_key = models.UUIDField(_("form"), editable=False)
    form_title = models.CharField(_("form title"), max_length=255)
    month = models.DateField(_("month they were sent in"))
    count = models.PositiveIntegerField(_("erased answers"), default=0)

    class Meta:
        verbose_name = _("erased answers")
        verbose_name_plural = _("erased answers")
        default_permissions = ()
        ordering = ["-month", "form_title"]
        constraints = [
            models.UniqueConstraint(fields=["form_key", "month"], name="tally_of_a_form_and_month")
        ]

    def __str__(self) -> str:
        return f"{self.form_title}, {self.month:%Y-%m}"
