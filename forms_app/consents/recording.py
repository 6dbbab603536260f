"""Add what somebody says to a consent, behind all that was said before.

The person is locked first, as an answer of theirs locks them, so that what is said at the
same time stands in one order.
"""

from django.db import transaction
from django.utils import timezone

from eoc_cms.core.models import User
from forms_app.models import ConsentEvent, Person, Submission
from forms_app.models.asked_field import AskedField
from forms_app.querysets import ConsentQuerySet

How = ConsentEvent.How


def record_answer(submission: Submission) -> list[ConsentEvent]:
    """Note what an answer says to each consent that it was asked for; return what it said.

    Call it in the transaction that stores the answer, which holds its person.
    """
    if submission.person is None:
        return []
    said = [
        _event_of(submission, asked)
        for name, asked in submission.version.questions.items()
        if asked.is_consent and name in submission.form_data
    ]
    for event in said:
        _add(event)
    return said


@transaction.atomic
def change_mind(
    shown: ConsentEvent, *, is_given: bool, how: How, user: User | None = None, note: str = ""
) -> bool:
    """Say yes or no to the words of an event that somebody was shown; say whether this did it.

    A second press does nothing, nor does one for somebody who has been erased.
    """
    if not Person.objects.select_for_update().filter(pk=shown.person_id).first():
        return False
    if _is_said_already(_earlier(shown), is_given=is_given):
        return False
    words = ("person_id", "form_key", "field_name", "form_title", "label", "wording")
    event = ConsentEvent(**{name: getattr(shown, name) for name in words})
    event.is_given, event.how, event.note = is_given, how, note
    event.at = timezone.now()
    event.user, event.username = user, user.get_username() if user else ""
    _add(event)
    return True


def _event_of(submission: Submission, asked: AskedField) -> ConsentEvent:
    return ConsentEvent(
        person=submission.person,
        form_key=submission.form_key,
        field_name=asked.clean_name,
        form_title=submission.form_title,
        label=asked.label,
        wording=asked.words_agreed_to,
        is_given=submission.form_data[asked.clean_name] is True,
        at=submission.submit_time,
        how=How.ANSWER,
        submission=submission,
    )


def _add(event: ConsentEvent) -> None:
    event.is_change = _earlier(event).exclude(is_given=event.is_given).exists()
    event.save(force_insert=True)


def _earlier(event: ConsentEvent) -> ConsentQuerySet:
    """Return all that the person has said to the same consent, whether it counts or not."""
    every: ConsentQuerySet = ConsentEvent.objects.order_by("pk")
    return every.filter(
        person=event.person_id, form_key=event.form_key, field_name=event.field_name
    )


def _is_said_already(earlier: ConsentQuerySet, *, is_given: bool) -> bool:
    """Say whether another such word changes nothing, whatever becomes of the person's answers."""
    last = earlier.filter(submission=None).last()
    if last is None or last.is_given != is_given:
        return False
    return not earlier.filter(pk__gt=last.pk).exclude(is_given=is_given).exists()
