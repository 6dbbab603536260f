"""Answers that may be spam: let one through, or put one aside.

Letting one through gives what was asked for and sends the mails, exactly once. Putting one
aside closes what it had opened; should it be let through again, it opens and mails anew.
"""

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from eoc_cms.core.models import User
from forms_app import effects
from forms_app.intake.accepting import deliver
from forms_app.models import FormPage, Submission

DELIVERED = "forms_app.deliver_submission"
PUT_ASIDE = "forms_app.hold_submission"


class FormGoneError(Exception):
    """The form page is gone, so that nobody can say what its answer should lead to."""


@transaction.atomic
def let_through(submission: Submission, *, user: User) -> bool:
    """Accept a held answer and deliver; say whether this call did it.

    Raises FormGoneError, and then changes nothing.
    """
    held = Submission.objects.filter(pk=submission.pk, state=Submission.State.HELD)
    # One statement decides between two clicks, on every database.
    now = timezone.now()
    if not held.update(state=Submission.State.ACCEPTED, held_because="", let_through_at=now):
        return False
    submission.refresh_from_db()
    form_page = FormPage.objects.filter(form_key=submission.form_key, alias_of=None).first()
    if form_page is None:
        raise FormGoneError
    with translation.override(submission.language or settings.LANGUAGE_CODE):
        deliver(submission, form_page, submission.source_page)
    log(instance=submission, action=DELIVERED, user=user)
    return True


@transaction.atomic
def put_aside(submission: Submission, *, user: User) -> bool:
    """Move an accepted answer to the tray and close what it opened; say whether this did it."""
    accepted = Submission.objects.filter(pk=submission.pk, state=Submission.State.ACCEPTED)
    reason = _("Marked as spam by %(name)s.") % {"name": user.get_username()}
    if not accepted.update(state=Submission.State.HELD, held_because=reason[:255]):
        return False
    submission.refresh_from_db()
    effects.withdraw(submission)
    log(instance=submission, action=PUT_ASIDE, user=user)
    return True
