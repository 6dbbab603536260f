"""Erase one person: everything that tells of them goes, anonymous counts stay."""

from collections import Counter
from collections.abc import Iterable

from django.db import transaction
from django.db.models import Q, QuerySet

from eoc_cms.core.backup.erased_pages import clear_log
from eoc_cms.core.models import User
from forms_app import effects
from forms_app.models import ErasureRecord, Person, Submission
from forms_app.models.person import normalise_email
from forms_app.privacy.answers import erase_answers
from forms_app.privacy.mails import mails_of, sweep_folder
from forms_app.privacy.traces import scrub


@transaction.atomic
def erase_person(
    *, email: str, user: User | None = None, also: Iterable[int] = ()
) -> ErasureRecord:
    """Erase what is held of an address, by staff or by the person; return the record of it.

    `also` are the keys of further answers, of nobody or of somebody else, that staff
    have looked at and found to be about this person.
    """
    address = normalise_email(email)
    if not address:
        raise ValueError("no address")
    # An answer that is being sent right now is either seen here, or waits and makes
    # a new person.
    people = Person.objects.filter(email=address)
    list(people.select_for_update())
    counts = _erase_what_hangs_on(address, answers_to_erase(address, also))
    counts["people"] = people.delete()[1].get(Person._meta.label, 0)
    scrub(address)
    transaction.on_commit(lambda: clean_up(address=address), robust=True)
    return ErasureRecord.objects.create(
        user=user,
        username=user.get_username() if user else "",
        reason=ErasureRecord.Reason.STAFF if user else ErasureRecord.Reason.PERSON,
        counts=dict(counts),
    )


def answers_to_erase(address: str, also: Iterable[int] = ()) -> QuerySet[Submission]:
    return Submission.objects.filter(Q(person__email=address) | Q(pk__in=list(also)))


def _erase_what_hangs_on(address: str, answers: QuerySet[Submission]) -> Counter[str]:
    keys = list(answers.values_list("pk", flat=True))
    answers = Submission.objects.filter(pk__in=keys)
    counts: Counter[str] = Counter()
    for each in effects.registered():
        counts.update(each.erase(address, answers))
    receipts = list(answers.values_list("receipt", flat=True))
    counts["mails"] += mails_of(address, receipts).delete()[0]
    counts.update(erase_answers(answers))
    return counts


def clean_up(*, address: str = "") -> None:
    """Do what no transaction can; the nightly job does it again, should it fail here."""
    sweep_folder(address=address)
    clear_log()
