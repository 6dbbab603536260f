"""Find a person by an address, however it is written."""

from django.db.models import Q, QuerySet

from eoc_cms.core.mailbox import normalise_email, spellings
from eoc_cms.core.models.search_text import fold
from forms_app import effects
from forms_app.effects import PersonalTable
from forms_app.models import Submission, SubmissionFile
from forms_app.privacy.our_data import our_tables


def personal_data_of(address: str) -> list[PersonalTable]:
    """Return everything held of a normalized address, tables that hold nothing left out."""
    tables = our_tables(address)
    for each in effects.registered():
        tables += each.collect(address)
    return [table for table in tables if table.rows]


def files_of(address: str) -> QuerySet[SubmissionFile]:
    return SubmissionFile.objects.filter(submission__person__email=address).order_by("pk")


def mentions(typed: str) -> QuerySet[Submission]:
    """Return answers of nobody, or of somebody else, in which an address stands.

    A second e-mail field, a form that asks for no address first, a sentence that names
    a colleague: whether they are about this person, only somebody who reads them can say.
    """
    address = normalise_email(typed)
    if not address:
        return Submission.objects.none()
    named = Q(pk=None)
    for spelling in {fold(each) for each in (*spellings(address), typed.strip())} - {""}:
        named |= Q(search_text__contains=spelling)
    others = Submission.objects.exclude(person__email=address)
    return others.filter(named).select_related("person", "version")
