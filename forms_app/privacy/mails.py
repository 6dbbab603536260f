"""Mails that tell of a person: queued, sent, given up, and delivered into the folder."""

from collections.abc import Collection
from datetime import timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from eoc_cms.core.mail.delivered import delivered
from eoc_cms.core.mailbox import spellings
from eoc_cms.core.models import OutgoingMail
from forms_app.models import Submission
from forms_app.privacy.retention_rules import MAIL_DAYS


def mails_of(address: str, receipts: Collection[str]) -> QuerySet[OutgoingMail]:
    """Return the mails to an address, those that name it, and those about these answers.

    A mail about somebody else's answer is theirs, whatever it says.
    """
    to_them = Q(mailbox=address) | Q(reply_to__in=spellings(address))
    names_them = Q()
    for each in spellings(address):
        names_them |= Q(subject__icontains=each) | Q(text__icontains=each) | Q(html__icontains=each)
    return OutgoingMail.objects.filter(to_them | Q(about__in=receipts) | (names_them & Q(about="")))


def erase_mails_about(receipts: Collection[str]) -> int:
    return OutgoingMail.objects.filter(about__in=receipts).delete()[0]


def erase_old_mails() -> int:
    """Erase mails that tell of no answer, and the words of those that were given up."""
    before = timezone.now() - timedelta(days=MAIL_DAYS)
    given_up = OutgoingMail.objects.filter(given_up_at__lt=before).exclude(text="")
    given_up.update(**OutgoingMail.WITHOUT_WORDS)
    ended = Q(sent_at__lt=before) | Q(given_up_at__lt=before)
    return OutgoingMail.objects.filter(ended, about="").delete()[0]


def sweep_folder(addresses: Collection[str] = ()) -> int:
    """Erase delivered messages whose answer is gone, old ones, and those naming an address."""
    named = [each for address in addresses for each in spellings(address)]
    before = timezone.now() - timedelta(days=MAIL_DAYS)
    erased = 0
    for mail in delivered():
        if mail.about:
            is_over = not Submission.objects.filter(receipt=mail.about).exists()
        else:
            is_over = mail.delivered_at < before or any(mail.holds(each) for each in named)
        if is_over:
            mail.erase()
            erased += 1
    return erased
