"""Answers that may be spam or a test: let one through, put one aside, mark one.

What an answer asked for was stored with it, closed, and its mails unsent. Letting it through
opens and sends just that, and never twice. Putting it aside closes what it had opened.
"""

from dataclasses import dataclass

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from eoc_cms.core.models import OutgoingMail, User
from forms_app import effects
from forms_app.intake.places import tell_of_last_place
from forms_app.models import AnswerAct, FormPage, Submission


class NotGivenError(Exception):
    """An answer was accepted, but what it asked for is gone; its text says in words how."""


@dataclass(frozen=True, kw_only=True)
class LetThrough:
    """What came of letting one answer through."""

    opened: int
    mailed: int
    # Its mails had gone out before somebody put it aside.
    was_delivered: bool = False


def let_through(submission: Submission, *, user: User) -> LetThrough | None:
    """Accept a held answer, open what it asked for and send its mails; None where others did.

    What had been mailed before is not mailed again. Raises NotGivenError where what was asked
    for is gone and was never given: the answer is accepted then too, and nothing is opened or
    sent.
    """
    opened = mailed = 0
    with transaction.atomic():
        if not _accept(submission):
            return None
        was_delivered = _mails_of(submission).filter(sent_at__isnull=False).exists()
        problem = effects.problem_with(submission)
        mails = OutgoingMail.objects.held().filter(about=submission.receipt)
        if problem:
            mails.delete()
        else:
            opened = effects.release(submission)
            mailed = mails.update(is_held=False, due_at=timezone.now())
        tell_of_last_place(_form_of(submission))
        _note(AnswerAct.Kind.RELEASED, submission, user)
    if problem and not was_delivered:
        raise NotGivenError(problem)
    return LetThrough(opened=opened, mailed=mailed, was_delivered=was_delivered)


def _mails_of(submission: Submission) -> QuerySet[OutgoingMail]:
    return OutgoingMail.objects.filter(about=submission.receipt)


@transaction.atomic
def put_aside(submission: Submission, *, user: User) -> bool:
    """Move an accepted answer to the tray and close what it opened; say whether this did it."""
    accepted = Submission.objects.filter(pk=submission.pk, state=Submission.State.ACCEPTED)
    reason = _("Marked as spam by %(name)s.") % {"name": user.get_username()}
    if not accepted.update(state=Submission.State.HELD, held_because=reason[:255]):
        return False
    submission.refresh_from_db()
    effects.withdraw(submission)
    OutgoingMail.objects.waiting().filter(about=submission.receipt).update(is_held=True)
    _note(AnswerAct.Kind.HELD, submission, user)
    return True


@transaction.atomic
def mark_as_test(submission: Submission, *, is_test: bool, user: User) -> bool:
    """Leave an answer out of counts and exports, or take it in again; say whether this did it."""
    others = Submission.objects.filter(pk=submission.pk, is_test=not is_test)
    if not others.update(is_test=is_test):
        return False
    tell_of_last_place(_form_of(submission))
    kind = AnswerAct.Kind.MARKED if is_test else AnswerAct.Kind.UNMARKED
    _note(kind, submission, user)
    return True


def _form_of(submission: Submission) -> FormPage | None:
    return FormPage.objects.filter(form_key=submission.form_key).first()


def _note(kind: AnswerAct.Kind, submission: Submission, user: User) -> None:
    AnswerAct.objects.note(kind, [(submission.form_key, submission.form_title)], user)


def _accept(submission: Submission) -> bool:
    # One statement decides between two clicks, on every database.
    held = Submission.objects.filter(pk=submission.pk, state=Submission.State.HELD)
    if not held.update(state=Submission.State.ACCEPTED, held_because=""):
        return False
    submission.refresh_from_db()
    return True
