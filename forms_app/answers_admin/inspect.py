"""One answer with all there is to tell about it."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from wagtail_modeladmin.views import InspectView

from eoc_cms.core.models import OutgoingMail
from forms_app import effects
from forms_app.consents.standing import change_in_words, changed_since
from forms_app.effects import Line, Section
from forms_app.form_titles import language_in_words
from forms_app.models import FormPage, Submission
from forms_app.models.submission import shown
from forms_app.privacy.retention_overview import erased_from
from forms_app.rights import may_erase, may_put_aside, visible_submissions

SHOWN = 10


class SubmissionInspectView(InspectView):
    page_title = gettext_lazy("Answer")
    instance: Submission

    def get_meta_title(self) -> str:
        return f"{self.page_title} {self.instance}"

    def get_field_label(self, field_name: str, field: object = None) -> str:
        labels = {"form_title": _("Form"), "submit_time": _("Sent")}
        return labels.get(field_name) or super().get_field_label(field_name, field)

    def get_field_display_value(self, field_name: str, field: object = None) -> object:
        if field_name == "language":
            return language_in_words(self.instance.language)
        return super().get_field_display_value(field_name, field)

    def get_context_data(self, **kwargs: object) -> dict[str, object]:
        user = self.request.user
        sections = [
            *effects.describe_answer(self.instance, user),
            mails_about(self.instance),
            self.earlier,
        ]
        return super().get_context_data(
            **kwargs,
            consents=consents_of(self.instance),
            files=self.instance.files.all(),
            sections=[section for section in sections if section.lines],
            mail_subject=f"{self.instance.form_title} ({self.instance.receipt})",
            erased_on=erased_on(self.instance),
            days_left=days_left(self.instance),
            may_erase=may_erase(user, self.instance.form_key),
            may_put_aside=may_put_aside(user, self.instance.form_key),
            deed_url=reverse("forms_app_answer_action", args=[self.instance.pk]),
        )

    @cached_property
    def earlier(self) -> Section:
        """What the same person sent before and after, as far as the reader may see it."""
        others = visible_submissions(self.request.user).filter(person=self.instance.person)
        rows = (
            others.exclude(pk=self.instance.pk).select_related("version").order_by("-submit_time")
        )
        return Section(
            title=_("Other answers of the same person"),
            lines=[
                Line(
                    text=row.form_title,
                    note=row.source_title,
                    at=row.submit_time,
                    url=reverse("forms_app_submission_modeladmin_inspect", args=[row.pk]),
                )
                for row in (rows[:SHOWN] if self.instance.person_id else [])
            ],
        )


def mails_about(submission: Submission) -> Section:
    mails = OutgoingMail.objects.filter(about=submission.receipt).order_by("pk")
    return Section(
        title=_("Mails"),
        lines=[
            Line(
                text=mail.subject,
                note=f"{mail.recipient}: {state_of_mail(mail)}",
                at=mail.sent_at or mail.created_at,
            )
            for mail in mails[:SHOWN]
        ],
    )


def state_of_mail(mail: OutgoingMail) -> str:
    if mail.sent_at:
        return _("sent")
    if mail.given_up_at:
        return _("not delivered, given up")
    if mail.is_held:
        return _("waits until the answer is let through")
    return _("failed so far, tried again") if mail.attempts else _("waits to be sent")


def consents_of(submission: Submission) -> list[tuple[str, str, str]]:
    """Return the full wording of each consent, what was ticked, and what was said later."""
    changed = changed_since([submission.pk]).get(submission.pk, {})
    later = {name: change_in_words(event) for (_form, name), event in changed.items()}
    return [
        (field.words_agreed_to, shown(submission.form_data[name]), later.get(name, ""))
        for name, field in submission.version.questions.items()
        if field.is_consent and name in submission.form_data
    ]


def _end_of(submission: Submission) -> datetime:
    months = (
        FormPage.objects.filter(form_key=submission.form_key)
        .values_list("retention_months", flat=True)
        .first()
    )
    return erased_from(
        submission.submit_time,
        months=settings.RETENTION_MONTHS if months is None else months,
        is_held=submission.state == Submission.State.HELD,
    )


def erased_on(submission: Submission) -> str:
    return date_format(timezone.localtime(_end_of(submission)))


def days_left(submission: Submission) -> str:
    days = max((_end_of(submission) - timezone.now()).days, 0)
    return ngettext("%(days)d day left", "%(days)d days left", days) % {"days": days}
