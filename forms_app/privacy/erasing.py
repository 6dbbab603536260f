"""The one way in which answers and people leave the database, with all that hangs on them."""

import uuid
from collections import Counter
from collections.abc import Collection, Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet
from django.utils import timezone
from wagtail.models import ModelLogEntry

from eoc_cms.core.backup.erased_pages import clear_log
from eoc_cms.core.mailbox import normalise_email
from eoc_cms.core.models import User
from forms_app import effects
from forms_app.models import AnswerAct, ErasedTally, Person, Submission, SubmissionFile
from forms_app.privacy.mails import erase_mails_about, mails_of, sweep_folder
from forms_app.privacy.traces import erase_unfinished_of, scrub
from forms_app.uploads.keeping import erase_files

Kind = AnswerAct.Kind


@transaction.atomic
def erase_answers(
    answers: QuerySet[Submission],
    *,
    kind: Kind = Kind.ERASED,
    user: User | None = None,
    people: Collection[str] = (),
) -> Counter[str]:
    """Erase answers and all that hangs on them; return how much of each.

    Whoever has no other answer goes too, as do `people`, normalized addresses of which
    something else may be held. Files leave the disk after the commit; the nightly sweep
    makes up for a crash.
    """
    rows = list(
        answers.order_by().values_list(
            "pk", "receipt", "form_key", "version__title", "submit_time", "person__email"
        )
    )
    keys = [row[0] for row in rows]
    addresses = sorted({*people, *(row[5] for row in rows if row[5])})
    # An answer that is being sent right now is either seen here, or waits and makes
    # a new person.
    list(Person.objects.filter(email__in=addresses).select_for_update())
    counts = _erase_what_hangs_on(keys, [row[1] for row in rows], kind)
    Submission.objects.filter(pk__in=keys).delete()
    counts["answers"] = len(rows)
    _count([(row[2], row[3], row[4]) for row in rows])
    AnswerAct.objects.note(kind, [(row[2], row[3]) for row in rows], user)
    left = Submission.objects.filter(person__email__in=addresses)
    still_known = set(left.values_list("person__email", flat=True))
    gone = [each for each in addresses if each not in still_known]
    counts.update(_erase_people(gone))
    transaction.on_commit(lambda: clean_up(gone), robust=True)
    return counts


@transaction.atomic
def erase_person(*, email: str, user: User | None = None, also: Iterable[int] = ()) -> Counter[str]:
    """Erase what is held of an address, by staff or by the person; return how much of each.

    `also` are the keys of further answers, of nobody or of somebody else, that staff
    have looked at and found to be about this person.
    """
    address = normalise_email(email)
    if not address:
        raise ValueError("no address")
    answers = Submission.objects.filter(Q(person__email=address) | Q(pk__in=list(also)))
    counts = erase_answers(answers, kind=Kind.PERSON_ERASED, user=user, people=[address])
    if counts.total() and not counts["answers"]:
        AnswerAct.objects.create(
            kind=Kind.PERSON_ERASED, user=user, username=user.get_username() if user else ""
        )
    return counts


def clean_up(addresses: Collection[str] = ()) -> None:
    """Do what no transaction can; the nightly job does it again, should it fail here."""
    sweep_folder(addresses)
    clear_log()


def _erase_what_hangs_on(keys: list[int], receipts: list[str], kind: Kind) -> Counter[str]:
    chosen = Submission.objects.filter(pk__in=keys)
    counts: Counter[str] = Counter()
    for each in effects.registered():
        counts.update(each.erase_answers(chosen, is_time_over=kind == Kind.TIME_OVER))
    counts["mails"] += erase_mails_about(receipts)
    counts["files"] += SubmissionFile.objects.filter(submission__in=chosen).count()
    erase_files(chosen)
    ModelLogEntry.objects.filter(
        content_type__app_label=Submission._meta.app_label,
        content_type__model=Submission._meta.model_name,
        object_id__in=[str(key) for key in keys],
    ).delete()
    return counts


def _erase_people(addresses: Collection[str]) -> Counter[str]:
    """Erase people of whom no answer is left, and what names them elsewhere."""
    counts: Counter[str] = Counter()
    if not addresses:
        return counts
    for each in effects.registered():
        counts.update(each.erase_people(addresses))
    for address in addresses:
        counts["mails"] += mails_of(address, ()).delete()[0]
    people = Person.objects.filter(email__in=addresses)
    counts["people"] += people.delete()[1].get(Person._meta.label, 0)
    counts["unfinished"] += erase_unfinished_of(addresses)
    scrub(addresses)
    return counts


def _count(rows: list[tuple[uuid.UUID, str, datetime]]) -> None:
    titles = {form_key: title for form_key, title, _sent in rows}
    counts = Counter((key, timezone.localtime(at).date().replace(day=1)) for key, _, at in rows)
    for (form_key, month), count in sorted(counts.items(), key=str):
        tally, _made = ErasedTally.objects.get_or_create(
            form_key=form_key, month=month, defaults={"form_title": titles[form_key]}
        )
        ErasedTally.objects.filter(pk=tally.pk).update(count=F("count") + count)
